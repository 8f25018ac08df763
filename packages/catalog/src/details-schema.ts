import type { Json } from "@daybook/event";
import type { NamedDetail } from "./details-of.ts";

export type JsonSchema = { [key: string]: Json };

/** JSON Schema 2020-12 of what an event of this action may say. It is open: it tells what is useful and forbids nothing else. */
export function detailsSchema({
  key,
  title,
  resourceType,
  details,
}: {
  key: string;
  title: string;
  resourceType: string;
  details: readonly NamedDetail[];
}): JsonSchema {
  const event = node();
  put(event, ["action"], { const: key }, true);
  put(event, ["resource", "type"], { type: "string", examples: [resourceType] });
  const related = details.filter(({ path }) => path.startsWith("related."));
  if (related.length > 0) event.properties["related_resources"] = relatedSchema(related);
  for (const detail of details) {
    const [root = "", ...rest] = detail.path.split(".");
    const name = rest.join(".");
    if (root === "related") continue;
    if (root !== "changes" || name === "") put(event, name === "" ? [root] : [root, name], valueSchema(detail, detail.example), detail.required);
    else {
      // A producer may state the whole states or only the changed fields, so neither `before` nor `after` is asked for.
      put(event, ["changes", "before", name], valueSchema(detail, detail.before ?? null));
      put(event, ["changes", "after", name], valueSchema(detail, detail.example));
      if (detail.required) ask(event, "changes");
    }
  }
  return { $schema: "https://json-schema.org/draft/2020-12/schema", title, ...event };
}

type Node = { type: "object"; properties: { [name: string]: JsonSchema }; required?: string[] };
const node = (): Node => ({ type: "object", properties: {} });
const isNode = (schema: JsonSchema | undefined): schema is Node => typeof schema?.["properties"] === "object";

function put(parent: Node, [name = "", ...rest]: string[], schema: JsonSchema, required = false): void {
  if (required) ask(parent, name);
  if (rest.length === 0) {
    parent.properties[name] = schema;
    return;
  }
  const held = parent.properties[name];
  const child = isNode(held) ? held : node();
  parent.properties[name] = child;
  put(child, rest, schema, required);
}

const ask = (parent: Node, name: string): void => {
  parent.required = [...new Set([...(parent.required ?? []), name])];
};

const valueSchema = ({ type, title, values, format, nullable }: NamedDetail, example: Json): JsonSchema => ({
  type: nullable ? [type, "null"] : type,
  title,
  ...(values && { enum: [...values] }),
  ...(format && { format }),
  examples: [example],
});

const relatedSchema = (related: readonly NamedDetail[]): JsonSchema => ({
  type: "array",
  title: related.map(({ title }) => title).join("; "),
  items: {
    type: "object",
    properties: {
      type: { type: "string", examples: related.map(({ path }) => path.slice("related.".length)) },
      name: { type: "string", examples: related.map(({ example }) => example) },
    },
    required: ["type"],
  },
});
