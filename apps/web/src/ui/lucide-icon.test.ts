import { createLucideIcon as createOfLucide } from "lucide-react";
import { createElement, type ComponentType } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import createLucideIcon from "./lucide-icon.ts";

const shapes = [
  ["path", { d: "M12 2v2" }],
  ["circle", { cx: "12", cy: "12", r: "8" }],
] as const;
const ours = createLucideIcon({ node: shapes });
const theirs = createOfLucide(
  "cog",
  shapes.map(([tag, shape]) => [tag, { ...shape, key: JSON.stringify(shape) }]),
);

/** Each element with its attributes in one order, without the class names and the namespace that Lucide adds. */
function drawn(icon: ComponentType<Record<string, unknown>>, props: Record<string, unknown>): string[] {
  const markup = renderToStaticMarkup(createElement(icon, props)).replaceAll(/ xmlns="[^"]*"|lucide(?:-cog)? ?/g, "");
  return [...markup.matchAll(/<(\w+)([^>]*)>/g)].map(([, tag = "", attributes = ""]) =>
    [tag, ...(attributes.match(/[\w:-]+="[^"]*"/g) ?? []).map((each) => each.replace(' "', '"')).toSorted()].join(" ").replace(' class=""', ""),
  );
}

test.each([
  {},
  { size: 16, className: "shrink-0", "aria-hidden": true },
  { size: 12, strokeWidth: 2.5, "aria-label": "Settings" },
  { role: "img", title: "Settings", width: 10 },
])("an icon with %o is drawn as Lucide draws it", (props) => {
  expect(drawn(ours as ComponentType<Record<string, unknown>>, props)).toEqual(drawn(theirs as ComponentType<Record<string, unknown>>, props));
});
