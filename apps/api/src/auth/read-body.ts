import { Refusal } from "@daybook/event";
import type { z } from "zod";

/** A body that has come as text. */
export function readBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(jsonOf(body));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const path = issue?.path.map(String).join(".") ?? "";
  throw new Refusal("invalid", path ? `\`${path}\`: ${issue?.message}` : "The request is not valid.", path || undefined);
}

function jsonOf(body: unknown): unknown {
  try {
    return JSON.parse(String(body));
  } catch {
    throw new Refusal("malformed_json", "The body is not one JSON value.");
  }
}
