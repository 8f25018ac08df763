import { wallTime } from "@daybook/event";
import { actorName } from "../../ui/actor-mark.tsx";
import { clockText, dateText, offsetName } from "../../ui/zone-time.ts";
import { stateWords, type CaseView, type TimelineEntry } from "./case-words.ts";

/** A case's timeline as text for a ticket or a report: what its reader sees, in their zone, with nothing that Markdown would take for its own. */
export function timelineMarkdown(found: CaseView, zone: string): string {
  const { number, title, state, recipe, conclusion, timeline, unseen } = found;
  return [
    `# Case ${number}: ${plain(title)}`,
    "",
    `${stateWords[state]} · ${plain(recipe.title)} · times in ${zone}`,
    ...(conclusion === null ? [] : ["", `**Conclusion:** ${plain(conclusion)}`]),
    "",
    "## Timeline",
    "",
    ...(timeline.length + unseen.length === 0 ? ["Nothing is pinned or noted yet."] : []),
    ...timeline.map((entry) => `- ${momentText(entry.at, zone)} – ${entryText(entry)}`),
    ...unseen.map(({ eventId, note }) => `- An event that is not visible to you, or was purged (\`${eventId}\`)${noteText(note)}`),
    "",
  ].join("\n");
}

function entryText(entry: TimelineEntry): string {
  switch (entry.kind) {
    case "note":
      return `Note by ${plain(entry.writtenBy)}: ${plain(entry.text)}`;
    case "event": {
      const { event, note } = entry;
      return `${plain(actorName(event.actor))}: ${plain(event.description)}${event.status === "success" ? "" : ` (${event.status.replaceAll("_", " ")})`} (\`${event.id}\`)${noteText(note)}`;
    }
  }
}

const noteText = (note: string): string => (note === "" ? "" : `. ${plain(note)}`);

function momentText(at: string, zone: string): string {
  const instant = Date.parse(at);
  const wall = wallTime(instant, zone);
  return `${dateText(wall)} ${clockText(wall)} (${offsetName(instant, zone)})`;
}

/** On one line, and as it reads: a name must not become a heading, a link or HTML. An underscore within a word means nothing to Markdown. */
const plain = (text: string): string =>
  text
    .replaceAll(/\s+/g, " ")
    .trim()
    .replaceAll(/[\\`*{}[\]<>#|~!&]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\$&");
