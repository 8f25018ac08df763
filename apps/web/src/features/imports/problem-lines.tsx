import { plural } from "../../ui/numbers.ts";

const shownMax = 8;

/** What did not come in, by the line of the file. */
export function ProblemLines({ title, lines, total }: { title: string; lines: readonly { line: number; message: string }[]; total: number }) {
  if (total === 0) return null;
  const more = total - Math.min(lines.length, shownMax);
  return (
    <section aria-label={title} className="rounded-control bg-chip-failed px-3 py-2">
      <p className="font-medium text-failed">{title}</p>
      <ul className="mt-1 flex flex-col gap-0.5">
        {lines.slice(0, shownMax).map(({ line, message }, index) => (
          <li key={index} className="break-words">
            <span className="font-medium">Line {line}</span> {message}
          </li>
        ))}
      </ul>
      {more > 0 && <p className="mt-1">And {plural(more, "more line")}.</p>}
    </section>
  );
}
