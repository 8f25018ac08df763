import type { AuditEvent } from "@daybook/event";
import { expect, test } from "vitest";
import { fakeEvent } from "../../testing/fake-events.ts";
import { htmlInConsole } from "../../testing/in-console.tsx";
import { ActorChip } from "../../ui/actor-mark.tsx";
import { ChangesTab } from "./changes-tab.tsx";
import { sourceWords } from "./detail-fields.tsx";
import { DetailsTab } from "./details-tab.tsx";
import { ErrorBlock, relatedLogs } from "./error-block.tsx";
import { filtered } from "./event-filter.ts";
import { csvRow, curlText, jsonText, ticketText } from "./event-texts.ts";
import { receivedAt } from "./gone-panel.tsx";
import { isOutside } from "./is-outside.ts";
import { findIn, jsonLines, printed, shownLines, type JsonLine } from "./json-lines.ts";
import { placesOf } from "./mini-timeline.tsx";
import { printValue } from "./print-value.ts";
import { RawTab } from "./raw-tab.tsx";

const at = "2026-11-20T12:00:00.000Z";
const base = fakeEvent(0, 1, Date.parse(at));
const event = (change: Partial<AuditEvent>): AuditEvent => ({ ...base, ...change });
const details = (shown: AuditEvent) => htmlInConsole(<DetailsTab event={shown} onFilter={() => {}} />);
const linesOf = (value: unknown): JsonLine[] => finish(jsonLines(value));
function finish<Result>(work: Generator<undefined, Result>): Result {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

const attack = "<script>alert(1)</script><img src=x onerror=alert(1)>";

test("HTML in any field is text", () => {
  const hostile = event({
    description: attack,
    actor: { type: "user", id: attack, name: attack, email: attack },
    resource: { type: attack, id: attack, name: attack },
    reason: attack,
    error: { code: attack, message: attack },
    context: { ip: attack, user_agent: attack, session_id: attack, request_id: attack },
    metadata: { [attack]: attack },
    changes: { before: attack, after: attack, fields: [{ path: attack, before: attack, after: attack }] },
    source: `import:${attack}`,
    token_id: attack,
  });
  const html = htmlInConsole(
    <>
      <DetailsTab event={hostile} onFilter={() => {}} />
      <ChangesTab event={hostile} />
      <RawTab event={hostile} raw={{ [attack]: attack }} />
    </>,
  );
  expect(html).not.toMatch(/<(script|img)/);
  expect(html).toContain("&lt;script&gt;");
});

test("every field has a copy button, and no two buttons on the tab have one name", () => {
  const html = details(event({ metadata: { status: "x", "ip address": "y" }, error: null }));
  const names = [...html.matchAll(/aria-label="((?:Copy|Include|Exclude|Who else) [^"]+)"/g)].map(([, name]) => name);
  expect([...html.matchAll(/<dt/g)].length).toBeLessThanOrEqual(names.filter((name) => name?.startsWith("Copy ")).length);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toContain("Include actor id u_alice");
});

test("who acted through what, for whom, and when it came, late or not, stands there in words", () => {
  const html = details(
    event({
      actor: { type: "agent", id: "agent_1", name: "Data assistant" },
      on_behalf_of: [{ type: "user", name: "Bob Okafor", email: "bob@company.com" }],
      token_id: "tok_1",
      received_at: "2026-11-20T14:00:00.000Z",
    }),
  );
  for (const words of ["Via", "tok_1", "On behalf of", "bob@company.com", "+2 h 0 m", "late", "Chrome"]) expect(html).toContain(words);
  expect(details(base)).not.toContain(">late<");
  expect(["api", "daybook", "app:ci", "import:github", "s3"].map(sourceWords)).toEqual(["API", "Daybook itself", "App ci", "Import from github", "s3"]);
});

test("a failure stands first, with the way to the nearest circle around it", () => {
  const failed = event({ error: { code: "timeout", message: "Step 2: no answer" }, operation_id: "op_1" });
  const html = details(failed);
  expect(html.indexOf("Step 2: no answer")).toBeLessThan(html.indexOf("Basic information"));
  expect(relatedLogs(failed)).toEqual({ q: "operation_id:op_1" });
  expect(relatedLogs({ ...failed, operation_id: null })).toEqual({ q: "request:r_1" });
  expect(relatedLogs({ ...failed, operation_id: null, context: {} })).toEqual({ from: "2026-11-20T11:30:00.000Z", to: "2026-11-20T12:30:00.000Z" });
});

test("including and excluding a value edit the one search, and the opposite of it goes", () => {
  expect(filtered("sales", { key: "actor", value: "alice@company.com" }, "include")).toBe("actor:alice@company.com sales");
  expect(filtered("actor:alice@company.com", { key: "actor", value: "alice@company.com" }, "exclude")).toBe("-actor:alice@company.com");
  expect(filtered("actor:bob", { key: "actor", value: "alice" }, "include")).toBe("actor:(alice OR bob)");
  expect(filtered(undefined, { metadata: "env", value: "prod" }, "include")).toBe("metadata.env:prod");
  expect(filtered("metadata.env:prod", { metadata: "env", value: "prod" }, "exclude")).toBe("-metadata.env:prod");
});

test("an event is outside of a list when the list's own question leaves it out, and not because it is not loaded yet", () => {
  const outside = (filter: object, shown = base) => isOutside(shown, { logType: "activity", filter }, "u_alice");
  expect(outside({})).toBe(false);
  expect(outside({ q: "actor:me", from: "2026-11-20T00:00:00.000Z" })).toBe(false);
  expect(outside({ q: "-actor:me" })).toBe(true);
  expect(outside({ to: at })).toBe(true);
  expect(outside({}, event({ log_type: "system" }))).toBe(true);
  // What is hidden from its reader cannot be compared here.
  expect(outside({ q: "-actor:me" }, { ...base, masked: ["actor.email"] } as AuditEvent)).toBe(false);
});

test("the event is copied as a sentence, a row, a command and JSON", () => {
  expect(ticketText(base)).toBe("2026-11-20 12:00:00Z alice@company.com updated sales_db (title, visibility, tags.2, legacy_id, api_key) from 192.168.1.0");
  expect(ticketText(event({ status: "failed", error: { message: "no" }, changes: null, context: {} }))).toBe(
    "2026-11-20 12:00:00Z alice@company.com failed: updated sales_db · no",
  );
  expect(csvRow(base)).toBe("2026-11-20 12:00:00,alice@company.com,updated,sales_db,success,192.168.1.0");
  expect(curlText(base, "https://log.test")).toContain(`"q=id:${base.id}"`);
  expect(JSON.parse(jsonText(base))).toEqual(base);
});

test("JSON is printed with sorted keys and reads back as it was", () => {
  const value = { b: [1, { d: null, c: "x" }], a: {}, e: [] };
  const lines = linesOf(value);
  expect(JSON.parse(printed(lines))).toEqual(value);
  expect(lines.map(({ text }) => text).join("")).toBe('{"a": {},"b": [1,{"c": "x","d": null}],"e": []}');
  // The list of b is folded: its insides are gone, what follows it is not.
  expect(shownLines(lines, new Set([2])).map((place) => lines[place]?.text)).toEqual(["{", '"a": {},', '"b": [', '"e": []', "}"]);
});

test("a text of a megabyte in one line is cut on screen and whole when it is copied or searched", () => {
  const lines = linesOf({ blob: `${"x".repeat(1_000_000)}needle` });
  expect(lines[1]?.text.length).toBeLessThan(2_100);
  expect(printed(lines)).toContain("needle");
  expect(finish(findIn(lines, "NEEDLE"))).toEqual([1]);
});

test("a value is printed no further than it is shown", () => {
  expect(printValue({ a: [1, "b"], c: null })).toBe('{ "a": [1, "b"], "c": null }');
  expect(printValue({})).toBe("{}");
  expect(printValue("x".repeat(5_000_000), 10).length).toBe(11);
  expect(
    printValue(
      Array.from({ length: 1_000_000 }, () => 1),
      20,
    ).length,
  ).toBe(21);
});

test("the timeline places events between the first and the last, you among them", () => {
  const row = (id: string, minute: number, status = "success" as const) => ({
    id,
    occurred_at: `2026-11-20T12:${String(minute).padStart(2, "0")}:00.000Z`,
    status,
  });
  const places = placesOf([row("a", 0), row("b", 30)], { ...base, ...row("me", 15) });
  expect(places.map(({ x }) => x)).toEqual([8, 392, 200]);
  expect(placesOf([], { ...base, id: "me" }).map(({ x }) => x)).toEqual([200]);
});

test("an id says when it was given only where it holds a time", () => {
  expect(receivedAt("01930000-0000-7000-8000-000000000001")).toBe(Date.parse("2024-11-06T05:43:40.288Z"));
  expect(receivedAt("01930000-0000-4000-8000-000000000001")).toBeNull();
});

test("an error keeps its lines, and a code that is all its message is said once", () => {
  const failed = (error: AuditEvent["error"]) => htmlInConsole(<ErrorBlock event={{ ...fakeEvent(0, 1, Date.parse("2026-11-20T12:00:00Z")), error }} />);
  expect(failed({ message: "LINE 1: SELEC\n        ^", code: "42601" })).toMatch(/whitespace-pre-wrap[^>]*>LINE 1: SELEC\n {8}\^<.*>42601</);
  expect(failed({ message: "TIMEOUT", code: "TIMEOUT" }).split(">TIMEOUT<")).toHaveLength(2);
});

test("the mark of an actor shows the first sign of the name whole, also where that is an emoji", () => {
  const html = htmlInConsole(<ActorChip actor={{ type: "user", id: "u", name: " 🧨 Zoë" }} />);
  expect(/<text[^>]*>([^<]*)</.exec(html)?.[1]).toBe("🧨");
});
