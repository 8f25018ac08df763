import type { EventRow } from "@daybook/event";
import { actorName } from "../../../../ui/actor-mark.tsx";
import { duration } from "../../../../ui/numbers.ts";

const errorCharactersMax = 60;
const fieldsMax = 4;
/** A delivery takes its moment; behind that an event was late. */
const lateMsMin = 60_000;
/** What is received long after was handed in afterwards, not late. */
const lateMsMax = 7 * 86_400_000;

/** The sentence of an event; a name that stands beside it is not said again. */
export function sentenceOf({ description, actor }: Pick<EventRow, "description" | "actor">, namesActor: boolean): string {
  if (!namesActor) return description;
  for (const name of [actorName(actor), actor.email]) {
    if (!name || !description.startsWith(`${name} `)) continue;
    const rest = description.slice(name.length + 1);
    return rest.charAt(0).toUpperCase() + rest.slice(1);
  }
  return description;
}

/** Why it failed, or what it changed. */
export function whatMore({ error, changed_fields: fields }: Pick<EventRow, "error" | "changed_fields">): string {
  const why = error?.message ?? error?.code;
  if (why) return why.length > errorCharactersMax ? `${why.slice(0, errorCharactersMax).trimEnd()}…` : why;
  const rest = fields.length - fieldsMax;
  return fields.slice(0, fieldsMax).join(", ") + (rest > 0 ? ` and ${rest} more` : "");
}

/** "late 4 m 0 s", for an event that stands below newer ones because word of it came late. */
export function lateWords({ occurred_at, received_at, source }: Pick<EventRow, "occurred_at" | "received_at" | "source">): string | null {
  const late = Date.parse(received_at) - Date.parse(occurred_at);
  if (late < lateMsMin || late > lateMsMax || source === "demo" || source.startsWith("import")) return null;
  return `late ${late < 3_600_000 ? `${Math.round(late / 60_000)} min` : duration(late)}`;
}
