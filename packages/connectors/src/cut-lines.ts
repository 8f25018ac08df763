/** A record has at most 1 MiB, a line that wraps a list of them some more; without this a file of one endless line fills the memory. */
const lineCharsMax = 16 * 1_048_576;

/**
 * Cuts a text that comes in pieces into its lines, at line feeds only: JSON may hold every other separator inside its texts. Each piece is looked at
 * once, so an endless line costs no more than as many short ones.
 */
export class LineCutter {
  private pieces: string[] = [];
  private chars = 0;

  /** The lines that end in this piece; `tooLong` tells of a line beyond every limit, which ends the reading. */
  *take(piece: string, tooLong: (message: string) => Error): Generator<string> {
    let start = 0;
    for (let end = piece.indexOf("\n"); end !== -1; end = piece.indexOf("\n", start)) {
      this.keep(piece.slice(start, end), tooLong);
      yield this.whole();
      start = end + 1;
    }
    this.keep(piece.slice(start), tooLong);
  }

  /** What stands behind the last line feed; empty when nothing does. */
  rest(): string {
    return this.whole();
  }

  private keep(part: string, tooLong: (message: string) => Error): void {
    this.chars += part.length;
    if (this.chars > lineCharsMax) throw tooLong(`A line has more than ${lineCharsMax} characters.`);
    if (part !== "") this.pieces.push(part);
  }

  private whole(): string {
    const line = this.pieces.length === 1 ? (this.pieces[0] ?? "") : this.pieces.join("");
    this.pieces = [];
    this.chars = 0;
    return line;
  }
}
