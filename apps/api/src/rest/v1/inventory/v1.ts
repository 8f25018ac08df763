import { Refusal } from "@daybook/event";
import type { Platform } from "@daybook/services";
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import type { Caller } from "../../gate/authenticate.ts";

/** What the routes of `/v1` share. */
export interface V1 {
  platform: Platform;
  callerOf(request: FastifyRequest): Caller;
  security: { [scheme: string]: string[] }[];
  problemAnswer(description: string): object;
  commonAnswers: Record<number, object>;
}

/** The verbs' words for fields, as this API writes them. */
const fieldNames: Record<string, string> = { externalId: "external_id", objectId: "id", groupId: "group", userId: "user", containing: "q" };

/** Runs a verb; a refusal that names a field names it as the caller wrote it. */
export async function inWireWords<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refusal) || error.path === undefined) throw error;
    const name = fieldNames[error.path];
    throw name === undefined ? error : new Refusal(error.code, error.message.replace(`\`${error.path}\``, `\`${name}\``), name);
  }
}

/** A body of one JSON object, read by its schema. */
export function readJson<T>(request: FastifyRequest, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(jsonIn(request.body));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const path = issue?.path.map(String).join(".") ?? "";
  throw new Refusal("invalid", path ? `\`${path}\`: ${issue?.message}` : (issue?.message ?? "The body is not valid."), path || undefined);
}

function jsonIn(body: unknown): unknown {
  const { bytes } = (body ?? {}) as { bytes?: unknown };
  if (!Buffer.isBuffer(bytes)) throw new Refusal("unsupported_media_type", "Send one JSON object as `application/json`.");
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) as unknown;
  } catch {
    throw new Refusal("malformed_json", "The body is not one JSON object.");
  }
}
