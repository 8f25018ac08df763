import type { inferOutput, Trpc } from "../../trpc.ts";
import { Table } from "../../ui/table.tsx";

type Rule = inferOutput<Trpc["redaction"]["list"]>["builtIn"][number];

/** What holds in every organization. There is no switch: a secret that was stored once cannot be taken back. */
export function BuiltInRules({ rules }: { rules: readonly Rule[] }) {
  return (
    <section aria-labelledby="built-in-rules" className="flex flex-col gap-2">
      <h2 id="built-in-rules" className="text-section">
        Built-in rules
      </h2>
      <p className="max-w-[88ch] text-ink-2">They hold everywhere, before your own, and cannot be switched off.</p>
      <Table label="What the built-in rules take out" columns={["Rule", "Takes out", "Leaves"]}>
        {rules.map(({ id, title, kind, hit, miss }) => (
          <tr key={id} data-rule={id}>
            <td data-label="Rule">
              {title}
              <code className="block text-meta text-ink-3">{id}</code>
            </td>
            <td data-label="Takes out" className="mono break-all">
              {kind === "key" ? `${hit}: …` : shortened(hit)}
            </td>
            <td data-label="Leaves" className="mono break-all">
              {kind === "key" ? `${miss}: …` : shortened(miss)}
            </td>
          </tr>
        ))}
      </Table>
    </section>
  );
}

const shownCharacters = 60;
const shortened = (text: string): string => (text.length > shownCharacters ? `${text.slice(0, shownCharacters)}…` : text);
