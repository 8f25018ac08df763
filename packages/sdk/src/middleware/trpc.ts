import type { Daybook } from "../client.ts";
import type { DaybookEvent, EventDefaults } from "../event.ts";

/** As much of a tRPC middleware's argument as is used here. */
export interface TrpcCall<Context> {
  ctx: Context;
  path: string;
  type: "query" | "mutation" | "subscription";
}

interface TrpcResult {
  ok: boolean;
  error?: { code?: string; message?: string } | undefined;
}

export interface TrpcOptions<Context> {
  /** Who acts, in which session, for which team: asked at each `log()` of the call. */
  defaults?: (ctx: Context) => EventDefaults;
}

/** Everything logged while the procedure runs has the defaults of its context. */
export function daybookTrpc<Context>(daybook: Daybook, { defaults }: TrpcOptions<Context> = {}) {
  return <Result>({ ctx, next }: TrpcCall<Context> & { next: () => Promise<Result> }): Promise<Result> => daybook.runWith(() => defaults?.(ctx) ?? {}, next);
}

export interface AuditMutationsOptions<Context> {
  /** The action of a mutation; undefined for one that is not to be logged. Default, and where it throws: its path, such as `posts.create`. */
  action?: (call: TrpcCall<Context>) => DaybookEvent["action"] | undefined;
  /** Further fields, such as the resource. Inputs are not logged by themselves, because nobody knows what is secret in them. */
  event?: (call: TrpcCall<Context>) => EventDefaults;
}

/** Logs each mutation when it ends: who (by the defaults around it), what, how long it took, and its error if it failed. */
export function auditMutations<Context>(daybook: Daybook, { action = ({ path }) => path, event = () => ({}) }: AuditMutationsOptions<Context> = {}) {
  /** Whoever cannot say what a mutation is called must not end it. */
  const nameOf = (call: TrpcCall<Context>) => {
    try {
      return action(call);
    } catch {
      return call.path;
    }
  };
  return async <Result extends TrpcResult>(call: TrpcCall<Context> & { next: () => Promise<Result> }): Promise<Result> => {
    const name = call.type === "mutation" ? nameOf(call) : undefined;
    if (name === undefined) return call.next();
    const startedMs = performance.now();
    const result = await call.next();
    const { code, message } = result.error ?? {};
    void daybook
      .with(() => event(call))
      .log({
        action: name,
        duration_ms: Math.round(performance.now() - startedMs),
        ...(!result.ok && { status: "failed", error: { ...(code && { code }), ...(message && { message: shortened(message) }) } }),
      });
    return result;
  };
}

/** A validation error of tRPC is a page of JSON; its beginning says what it is. */
const errorTextMax = 1_000;

/** Without half a character at the cut, for which the log would refuse the event. */
const shortened = (message: string): string => message.slice(0, errorTextMax).replace(/[\ud800-\udbff]$/, "");
