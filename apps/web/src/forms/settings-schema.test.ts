import { renderToStaticMarkup } from "react-dom/server";
import { createElement } from "react";
import { expect, test } from "vitest";
import { parseRecipients, wrongRecipients } from "./recipients.ts";
import { SettingsForm } from "./settings-form.tsx";
import { settingsOf, startingSettings, withSetting } from "./settings-schema.ts";

const schema = {
  type: "object",
  required: ["folder", "every"],
  properties: {
    folder: { type: "string", title: "Folder", hint: "Where manifest.json is." },
    apiToken: { type: "string", secret: true },
    every: { type: "integer", title: "Every", unit: "minutes", minimum: 1, maximum: 1440, default: 60 },
    onlyFailures: { type: "boolean", default: false },
    severity: { type: "string", enum: ["low", "high"] },
    ignore: { type: "array", items: { type: "string" } },
  },
};

test("a schema says which control each setting gets", () => {
  expect(settingsOf(schema).map(({ name, kind, required, title }) => [name, kind, required, title])).toEqual([
    ["folder", "text", true, "Folder"],
    ["apiToken", "secret", false, "Api token"],
    ["every", "number", false, "Every"],
    ["onlyFailures", "switch", false, "Only failures"],
    ["severity", "choice", false, "Severity"],
    ["ignore", "list", false, "Ignore"],
  ]);
});

test("a form begins with what is stored, then with the defaults", () => {
  expect(startingSettings(schema)).toEqual({ every: 60, onlyFailures: false });
  expect(startingSettings(schema, { every: 5, folder: "/srv" })).toEqual({ folder: "/srv", every: 5, onlyFailures: false });
});

test("an emptied field is absent, not an empty text", () => {
  expect(withSetting({ folder: "/srv", every: 5 }, "folder", "")).toEqual({ every: 5 });
});

test("every setting has a label, a secret is never shown, bounds and units are there", () => {
  const html = renderToStaticMarkup(createElement(SettingsForm, { schema, value: { apiToken: "s3cret", every: 5 }, onChange: () => {} }));
  expect(html.match(/<label/g)).toHaveLength(6);
  expect(html).toMatch(/type="password"/);
  expect(html).toContain("Every (minutes)");
  expect(html).toMatch(/type="number"[^>]*min="1"[^>]*max="1440"/);
  expect(html).toContain("Where manifest.json is.");
});

test("a schema that is no object gives an empty form", () => {
  expect(settingsOf({})).toEqual([]);
  expect(settingsOf({ properties: { a: null } })).toEqual([]);
});

test("recipients are split at commas and spaces, once each", () => {
  expect(parseRecipients(" a@x.io, b@x.io;a@x.io\nc@x.io ")).toEqual(["a@x.io", "b@x.io", "c@x.io"]);
  expect(wrongRecipients(["a@x.io", "nobody", "a@b"])).toEqual(["nobody", "a@b"]);
});
