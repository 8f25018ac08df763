/** As much of a file as the server looks at for a preview. */
const headCharsMax = 500_000;

export interface ChosenFile {
  file: File;
  head: string;
  /** Whether `head` is all of it. */
  whole: boolean;
}

/** Reads the beginning of a file, compressed or not. The file itself is sent as it is. */
export async function readChosen(file: File): Promise<ChosenFile> {
  const magic = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  const zipped = magic[0] === 0x1f && magic[1] === 0x8b;
  const bytes = zipped ? file.stream().pipeThrough(new DecompressionStream("gzip")) : file.stream();
  const reader = bytes.pipeThrough(new TextDecoderStream()).getReader();
  let head = "";
  let ended = false;
  while (!ended && head.length < headCharsMax) {
    const { done, value } = await reader.read();
    if (done) ended = true;
    else head += value;
  }
  await reader.cancel().catch(() => undefined);
  return { file, head: head.slice(0, headCharsMax).replaceAll("\0", "\uFFFD").toWellFormed(), whole: ended && head.length <= headCharsMax };
}
