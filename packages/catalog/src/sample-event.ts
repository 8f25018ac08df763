import type { EventInput, Json, Resource } from "@daybook/event";
import type { LogType } from "@daybook/event";
import type { NamedDetail } from "./details-of.ts";
import type { Operation } from "./define-events.ts";

interface Sampled {
  key: string;
  operation: Operation;
  logType: LogType;
  resource: Resource;
  details: readonly NamedDetail[];
}

/** An event of the action as a producer may send it, with every detail filled in. */
export function sampleEvent({ key, operation, logType, resource, details }: Sampled): EventInput {
  const event: { [name: string]: Json } = {
    action: key,
    actor: logType === "system" ? { type: "system", name: "Scheduler" } : { type: "user", name: "Alice Chen", email: "alice@company.com" },
    resource: { ...resource },
  };
  if (operation === "started") event["status"] = "in_progress";
  if (details.some(({ path }) => path === "error.message")) event["status"] = "failed";
  for (const { path, before, example } of details) {
    const [root = "", ...rest] = path.split(".");
    const name = rest.join(".");
    if (root === "related") event["related_resources"] = [...((event["related_resources"] ?? []) as Json[]), { type: name, name: example }];
    else if (root === "changes" && name !== "") {
      const changes = member(event, "changes");
      member(changes, "before")[name] = before ?? null;
      member(changes, "after")[name] = example;
    } else if (name === "") event[root] = example;
    else member(event, root)[name] = example;
  }
  return event as unknown as EventInput;
}

function member(parent: { [name: string]: Json }, name: string): { [name: string]: Json } {
  const held = (parent[name] ?? {}) as { [name: string]: Json };
  parent[name] = held;
  return held;
}
