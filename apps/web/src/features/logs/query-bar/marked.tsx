/** A sentence in which what stands between backticks is text of a search. */
export const Marked = ({ text }: { text: string }) => text.split("`").map((piece, index) => (index % 2 === 1 ? <code key={index}>{piece}</code> : piece));
