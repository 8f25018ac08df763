/** One line of a body: its bytes without the line feed, or null where it is longer than a line may be. Numbers start at 1 and count empty lines. */
export interface Line {
  number: number;
  bytes: Buffer | null;
}

const lineFeed = 0x0a;

/**
 * The lines of a stream of bytes, as many at once as each piece completes. Holds one unfinished line of at most `lineBytesMax`; the rest of a longer
 * one is passed over. The last line needs no line feed.
 */
export async function* splitLines(chunks: AsyncIterable<Buffer>, { lineBytesMax }: { lineBytesMax: number }): AsyncGenerator<Line[]> {
  let number = 0;
  let begun: Buffer[] = [];
  let begunBytes = 0;
  const finish = (end: Buffer): Line => {
    number += 1;
    const bytes = begunBytes + end.length > lineBytesMax ? null : begun.length === 0 ? end : Buffer.concat([...begun, end]);
    begun = [];
    begunBytes = 0;
    return { number, bytes };
  };
  for await (const chunk of chunks) {
    const lines: Line[] = [];
    let start = 0;
    for (let at = chunk.indexOf(lineFeed); at !== -1; at = chunk.indexOf(lineFeed, start)) {
      lines.push(finish(chunk.subarray(start, at)));
      start = at + 1;
    }
    const rest = chunk.subarray(start);
    if (begunBytes <= lineBytesMax && rest.length > 0) begun.push(rest);
    begunBytes += rest.length;
    if (begunBytes > lineBytesMax) begun = [];
    if (lines.length > 0) yield lines;
  }
  if (begunBytes > 0) yield [finish(Buffer.alloc(0))];
}
