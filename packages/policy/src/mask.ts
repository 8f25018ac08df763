import { describeEvent } from "@daybook/catalog";
import type { Actor, AuditEvent, EventRow, Json, Resource } from "@daybook/event";
import { cutAddress, hiddenText, scrubberOf } from "./scrub.ts";
import type { Scrub } from "./scrub.ts";
import type { Viewer } from "./viewer.ts";
import { auditorGrantsOf } from "./visible-to.ts";

/** Fields of an event that an auditor's grant may hide. */
export const maskedFields = ["actor.email", "context.ip", "context.user_agent", "changes", "metadata", "raw"] as const;
export type MaskedField = (typeof maskedFields)[number];

/** What a viewer is not shown of the events that they see. */
export interface Mask {
  hides: readonly MaskedField[];
  /** Addresses are cut short, in each entry but for what its person did. */
  cuts: readonly { except: string | null }[];
}

export const noMask: Mask = { hides: [], cuts: [] };
export const isMask = ({ hides, cuts }: Mask): boolean => hides.length > 0 || cuts.length > 0;

/** An event as it leaves, with the fields that its reader sees masked; absent when there are none. */
export type Shown<Event> = Event & { masked?: string[] };

/**
 * Grants of one auditor overlap, and what one hides may not come out through another; so a field that any grant in force hides is hidden everywhere.
 * Where addresses are shown short, they are for everybody but owners, and for programs too.
 */
export function maskOf(viewer: Viewer): Mask {
  switch (viewer.kind) {
    case "daybook":
    case "member_key":
      return noMask;
    case "token":
      return { hides: [], cuts: viewer.ipDisplay === "masked" ? [{ except: null }] : [] };
    case "member":
      return {
        hides: maskedFields.filter((field) => auditorGrantsOf(viewer).some(({ hides }) => hides.includes(field))),
        cuts: viewer.ipDisplay === "masked" && viewer.role !== "owner" ? [{ except: viewer.userId }] : [],
      };
  }
}

export const joinMasks = (masks: readonly Mask[]): Mask => ({
  hides: maskedFields.filter((field) => masks.some(({ hides }) => hides.includes(field))),
  cuts: masks.flatMap(({ cuts }) => cuts),
});

const cuts = (mask: Mask, actor: Actor): boolean => mask.cuts.some(({ except }) => except === null || except !== actor.id);

/** A row of a list. */
export function maskRow(mask: Mask, row: EventRow): Shown<EventRow> {
  if (!isMask(mask)) return row;
  const out = masking(mask, row);
  const { ip, changed_fields, ...words } = row;
  return out.tell({
    ...out.words(words),
    ip: out.address(ip) ?? null,
    changed_fields: out.hide("changes", changed_fields.length > 0) ? [] : changed_fields.map(out.scrub),
  });
}

/** An event in full. */
export function maskEvent(mask: Mask, event: AuditEvent): Shown<AuditEvent> {
  if (!isMask(mask)) return event;
  const out = masking(mask, event);
  const { context, changes, metadata, redactions, ...words } = event;
  const ip = out.address(context.ip);
  const shownContext = { ...out.deep(context), ...(ip !== undefined && { ip }) };
  const hidesAgent = out.hide("context.user_agent", context.user_agent !== undefined);
  if (hidesAgent) shownContext.user_agent = hiddenText;
  const payload = <T>(value: T): T => (hidesAgent ? withoutAgents(out.deep(value)) : out.deep(value));
  return out.tell({
    ...out.words(words),
    context: shownContext,
    changes: out.hide("changes", changes !== null) ? null : payload(changes),
    metadata: out.hide("metadata", Object.keys(metadata).length > 0) ? {} : payload(metadata),
    // Where something was taken out tells what a payload holds.
    redactions: out.deep(redactions).filter(({ path }) => !isWithin(path, ["raw", ...mask.hides])),
  });
}

const isWithin = (path: string, hidden: readonly string[]): boolean =>
  hidden.some((field) => path === field || path.startsWith(`${field}.`) || path.startsWith(`${field}[`));

/** Keys and paths that name a browser. */
export const agentName = /(?:^|[._])user_agent$/i;

/** Payloads name browsers as well: those of other sessions, and what they were before. */
function withoutAgents<T>(value: T): T {
  return walk(value as Json) as T;

  function walk(part: Json): Json {
    if (typeof part !== "object" || part === null) return part;
    if (Array.isArray(part)) return part.map(walk);
    const isAgent = typeof part["path"] === "string" && agentName.test(part["path"]);
    return Object.fromEntries(
      Object.entries(part).map(([key, member]) => [key, agentName.test(key) || (isAgent && (key === "before" || key === "after")) ? hiddenText : walk(member)]),
    );
  }
}

/** The record that an event was imported from holds everything once more, in words of its own: whoever is not shown all of the event is not shown it. */
export const maskRaw = (mask: Mask, raw: Json | null): Json | null => (isMask(mask) ? null : raw);

/** A name that figures stand under. They are of many events, so what is hidden in one of them is hidden in all. */
export const maskName = (mask: Mask, name: string): string =>
  scrubberOf({ emails: mask.hides.includes("actor.email"), addresses: mask.hides.includes("context.ip") ? "hidden" : mask.cuts.length > 0 ? "cut" : "full" })(
    name,
  );

/** What the events of an operation tell together. */
export function maskOperation<Told extends { actor: Actor; resource: Resource | null; description: string; action: string; lastAction: string }>(
  mask: Mask,
  told: Told,
): Told {
  if (!isMask(mask)) return told;
  const out = masking(mask, { ...told, action: told.lastAction });
  const { masked: _, ...shown } = out.tell(out.words(told));
  return { ...shown, action: told.action, lastAction: told.lastAction } as unknown as Told;
}

interface Described {
  action: string;
  actor: Actor;
  resource: Resource | null;
  description: string;
}

/** Hides the fields of one event and writes down which. */
function masking(mask: Mask, event: Described) {
  const masked: string[] = [];
  const cut = cuts(mask, event.actor);
  const scrub: Scrub = scrubberOf({
    emails: mask.hides.includes("actor.email"),
    addresses: mask.hides.includes("context.ip") ? "hidden" : cut ? "cut" : "full",
  });

  const hide = (field: MaskedField, isThere: boolean): boolean => {
    if (!mask.hides.includes(field)) return false;
    if (isThere) masked.push(field);
    return true;
  };

  const person = (actor: Actor): Actor => ({
    ...deep(scrub, actor),
    ...(actor.email !== undefined && mask.hides.includes("actor.email") && { email: hiddenText }),
  });

  /** Payloads are quoted in sentences: who may not see them reads the sentence that the catalog makes of the rest. */
  const sentence = (): string => {
    if (!mask.hides.includes("changes") && !mask.hides.includes("metadata")) return scrub(event.description);
    const left = describeEvent({ action: event.action, resource: event.resource, related_resources: [], rows_affected: null, metadata: {} });
    if (left !== event.description) masked.push("description");
    return scrub(left);
  };

  return {
    hide,
    scrub,
    deep: <T>(value: T): T => deep(scrub, value),
    address(ip: string | null | undefined): string | undefined {
      if (ip === null || ip === undefined) return undefined;
      if (hide("context.ip", true)) return hiddenText;
      if (!cut) return ip;
      masked.push("context.ip");
      return cutAddress(ip);
    },
    words<T extends Described & { on_behalf_of?: Actor[] }>(words: T): T {
      const { actor, on_behalf_of: others } = words;
      hide(
        "actor.email",
        [actor, ...(others ?? [])].some(({ email }) => email !== undefined),
      );
      return { ...deep(scrub, words, given), actor: person(actor), ...(others && { on_behalf_of: others.map(person) }), description: sentence() };
    },
    tell: <T extends object>(shown: T): Shown<T> => ({ ...shown, ...(masked.length > 0 && { masked: [...new Set(masked)] }) }),
  };
}

/** Fields of an event whose values Daybook gives: they hold no text of anybody. */
const given: ReadonlySet<string> = new Set(["id", "seq", "occurred_at", "received_at", "log_type", "action", "status", "origin", "import_id", "token_id"]);

/** Every text of a value, keys included, but for the fields that are kept. */
function deep<T>(scrub: Scrub, value: T, kept?: ReadonlySet<string>): T {
  return walk(value as Json, kept) as T;

  function walk(part: Json, keptHere?: ReadonlySet<string>): Json {
    if (typeof part === "string") return scrub(part);
    if (typeof part !== "object" || part === null) return part;
    if (Array.isArray(part)) return part.map((item) => walk(item));
    return Object.fromEntries(Object.entries(part).map(([key, member]) => [scrub(key), keptHere?.has(key) ? member : walk(member)]));
  }
}
