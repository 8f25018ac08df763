/** A task of this length is not felt; the page may do something else before the next. */
const sliceMs = 12;
/** Looking at the clock costs something too. */
const stepsBetweenLooks = 64;

/** Runs long work in slices, so that the page stays alive. Returns how to stop it. */
export function inSlices<Step, Result>(work: Iterator<Step, Result>, onDone: (result: Result) => void): () => void {
  let stopped = false;
  const run = () => {
    const until = performance.now() + sliceMs;
    for (;;) {
      if (stopped) return;
      for (let step = 0; step < stepsBetweenLooks; step += 1) {
        const { done, value } = work.next();
        if (done) return onDone(value);
      }
      if (performance.now() >= until) break;
    }
    setTimeout(run, 0);
  };
  setTimeout(run, 0);
  return () => {
    stopped = true;
  };
}
