import { diff } from "@daybook/event";
import type { FieldChange } from "@daybook/event";
import { at, isObject, listAt, objectAt, textAt } from "../read-json.ts";
import type { JsonObject } from "../read-json.ts";

/** What a Cloud Audit record says changed. Most records hold only the request, which is no change and stays metadata. */
export function gcpChanges(payload: JsonObject, deltas: JsonObject[]): FieldChange[] {
  const metadata = objectAt(payload, "metadata");
  return [...ofBindings(deltas), ...ofMetadataKeys(metadata), ...ofJob(metadata), ...ofZone(payload), ...ofAdminConsole(metadata)];
}

/** One field per role: members that lost it before, members that got it after. */
function ofBindings(deltas: JsonObject[]): FieldChange[] {
  const roles = new Map<string, { before: string[]; after: string[] }>();
  for (const delta of deltas) {
    const role = textAt(delta, "role") ?? "role";
    const sides = roles.get(role) ?? { before: [], after: [] };
    roles.set(role, sides);
    sides[textAt(delta, "action") === "REMOVE" ? "before" : "after"].push(textAt(delta, "member") ?? "unknown");
  }
  return [...roles].map(([path, { before, after }]) => ({ path, ...(before.length > 0 && { before }), ...(after.length > 0 && { after }) }));
}

/** Compute Engine names the keys of changed instance and project metadata, never their values. */
function ofMetadataKeys(metadata: JsonObject): FieldChange[] {
  const deltas = Object.keys(metadata).filter((key) => key.endsWith("MetadataDelta"));
  return deltas.flatMap((delta) =>
    Object.values(objectAt(metadata, delta))
      .flatMap((keys) => (Array.isArray(keys) ? keys : []))
      .flatMap((key) => (typeof key === "string" ? [{ path: `metadata.${key}` }] : [])),
  );
}

function ofJob(metadata: JsonObject): FieldChange[] {
  const { before, after } = { before: textAt(metadata, "jobChange", "before"), after: textAt(metadata, "jobChange", "after") };
  return before === undefined && after === undefined ? [] : [{ path: "job_state", ...(before && { before }), ...(after && { after }) }];
}

/** Cloud DNS answers with the zone before and after. */
function ofZone(payload: JsonObject): FieldChange[] {
  const context = objectAt(payload, "response", "operation", "zoneContext");
  return isObject(at(context, "oldValue")) ? diff(at(context, "oldValue"), at(context, "newValue")) : [];
}

const consolePairsMax = 32;

/** The Admin console writes its changes as text: `Display Name : { oldValue: Test, newValue: Prod}`. */
function ofAdminConsole(metadata: JsonObject): FieldChange[] {
  const texts = listAt(metadata, "event")
    .flatMap((event) => listAt(event, "parameter"))
    .filter((parameter) => textAt(parameter, "name")?.endsWith("_CHANGES"))
    .map((parameter) => (textAt(parameter, "value") ?? "").slice(0, 4_096));
  return texts
    .flatMap((text) => [...text.matchAll(/(?:^|[,;}] ?)([^:{},;]{1,80}?) ?: ?\{ ?oldValue: ([^{}]*?), newValue: ([^{}]*?)\}/g)])
    .slice(0, consolePairsMax)
    .map(([, path = "", before = "", after = ""]) => ({ path: path.trim(), before, after }));
}
