/** As many pages at once as a small machine has cores: a page keeps one of them busy while axe reads it. */
const lanesMax = 2;

/** Lets so many of the tests of a file that run beside each other have a page at a time. */
export function lanes(): <T>(run: () => Promise<T>) => Promise<T> {
  let free = lanesMax;
  const waiting: (() => void)[] = [];
  return async (run) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((go) => waiting.push(go));
    try {
      return await run();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
