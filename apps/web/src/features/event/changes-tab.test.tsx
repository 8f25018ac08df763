import type { AuditEvent } from "@daybook/event";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { fakeEvent } from "../../testing/fake-events.ts";
import { changeLines, changeText } from "./change-list.ts";
import { ChangesTab } from "./changes-tab.tsx";
import { DetailsTab } from "./details-tab.tsx";
import { RawTab } from "./raw-tab.tsx";

const base = fakeEvent(0, 1, Date.parse("2026-11-20T12:00:00Z"));
const event = (change: Partial<AuditEvent>): AuditEvent => ({ ...base, ...change });
const changed = event({
  changes: {
    fields: [
      { path: "title", before: "Report", after: "Q2 Sales Report" },
      { path: "tags.2", after: "finance" },
      { path: "legacy_id", before: 42 },
      { path: "password", before: "[REDACTED]", after: "[REDACTED]" },
      { path: "owner", before: null, after: { id: 1 } },
    ],
  },
  redactions: [
    { path: "changes.fields.3.before", rule: "key" },
    { path: "changes.fields.3.after", rule: "key" },
  ],
});

test("changed, added and removed fields read as in a ticket", () => {
  expect(changeLines(changed).map(changeText)).toEqual([
    '~ title "Report" → "Q2 Sales Report"',
    '+ tags.2 "finance"',
    "− legacy_id 42",
    '~ password "[REDACTED]" → "[REDACTED]"',
    '~ owner null → { "id": 1 }',
  ]);
});

test("each line says its kind in a word and a glyph, not by colour alone", () => {
  const html = renderToStaticMarkup(<ChangesTab event={changed} />);
  for (const [kind, glyph] of [
    ["changed", "~"],
    ["added", "+"],
    ["removed", "−"],
  ])
    expect(html).toMatch(new RegExp(`data-change="${kind}".*?>${glyph === "+" ? "\\+" : glyph}</span>${kind}`));
  expect(html).toContain("[REDACTED]");
  expect(html).toContain("by rule “key”");
});

test("no change recorded is said as such", () => {
  expect(renderToStaticMarkup(<ChangesTab event={event({ changes: null })} />)).toContain("No change was recorded");
});

test("a whole state that was not sent differs from an empty one", () => {
  const html = renderToStaticMarkup(<ChangesTab event={event({ changes: { after: {}, fields: [] } })} />);
  expect(html).toContain("Not sent");
  expect(html).toContain("{}");
});

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
  });
  const html = renderToStaticMarkup(
    <>
      <DetailsTab event={hostile} onFilter={() => {}} />
      <ChangesTab event={hostile} />
      <RawTab event={hostile} raw={{ [attack]: attack }} />
    </>,
  );
  expect(html).not.toMatch(/<(script|img)/);
  expect(html).toContain("&lt;script&gt;");
});

test("every shown field has a copy button with a name of its own", () => {
  const html = renderToStaticMarkup(<DetailsTab event={base} onFilter={() => {}} />);
  const names = [...html.matchAll(/aria-label="(Copy [^"]+)"/g)].map(([, name]) => name);
  expect(names).toHaveLength([...html.matchAll(/<dt/g)].length);
  expect(new Set(names).size).toBe(names.length);
});
