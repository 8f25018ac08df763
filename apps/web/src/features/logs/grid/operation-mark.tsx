import { actIcons } from "../../../ui/line-icon.tsx";

const { act, entered, ...named } = actIcons;
const marks: Record<string, typeof act> = { ...named, authenticated: entered, signed_in: entered, logged_in: entered };

/** A glyph for the kind of act, beside the sentence that says it. */
export function OperationMark({ operation }: { operation: string }) {
  const Icon = (Object.hasOwn(marks, operation) ? marks[operation] : undefined) ?? act;
  return <Icon className="shrink-0 text-ink-3" />;
}
