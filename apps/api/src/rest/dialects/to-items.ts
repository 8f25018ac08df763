import type { DialectItem } from "@daybook/connectors";
import { JsonSyntaxProblem, scanItem } from "@daybook/event";
import type { IngestItem } from "@daybook/services";

/** Items for the log. What a dialect made is scanned like any event that comes in, so that the same limits hold for it. */
export const toItems = (items: readonly DialectItem[]): IngestItem[] =>
  items.map((item, index) => ("problem" in item ? { index, text: "", problem: item.problem } : scanned(item, index)));

function scanned({ event, payload }: Extract<DialectItem, { event: unknown }>, index: number): IngestItem {
  try {
    return { ...scanItem(JSON.stringify(event)), index, ...(payload !== undefined && { payload }) };
  } catch (error) {
    if (!(error instanceof JsonSyntaxProblem)) throw error;
    return { index, text: "", problem: { code: "malformed_json", message: `${error.message}.` } };
  }
}
