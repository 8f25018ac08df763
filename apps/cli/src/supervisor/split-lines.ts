// A line without an end must not fill the memory: longer ones are passed on in pieces.
const lineCharactersMax = 100_000;

/** Turns the pieces in which a stream arrives into lines. Call the result with null at the end of the stream. */
export function splitLines(take: (line: string) => void): (piece: string | null) => void {
  let rest = "";
  return (piece) => {
    if (piece === null) {
      if (rest !== "") take(rest);
      rest = "";
      return;
    }
    const lines = (rest + piece).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) take(line.replace(/\r$/, ""));
    if (rest.length > lineCharactersMax) {
      take(rest);
      rest = "";
    }
  };
}
