import type { Operation } from "@daybook/catalog";
import type { Actor, EventInput, Resource, Status } from "@daybook/event";
import type { ImportedEvent } from "../define-importer.ts";
import { parseAddress } from "../parse-address.ts";
import { parseTime } from "../parse-time.ts";
import { at, knownAt, listAt, objectAt, textAt } from "../read-json.ts";
import type { JsonObject } from "../read-json.ts";
import { tell } from "../tell.ts";
import { operationOf, wordsOf } from "../verbs.ts";
import { singular } from "./singular.ts";

/**
 * A managed cluster's audit log arrives as text inside Azure's record, whose own fields say no more than that a log was written. The text is a
 * Kubernetes audit event, so that one is told; `around` gives the rest. Undefined for any other text.
 */
export function kubernetesAudit(log: JsonObject, around: EventInput): ImportedEvent | undefined {
  const verb = knownAt(log, "verb")?.toLowerCase();
  const id = knownAt(log, "auditID");
  if (verb === undefined || id === undefined) return undefined;
  const object = objectAt(log, "objectRef");
  const kind = [knownAt(object, "resource") ?? "api", knownAt(object, "subresource")].filter(Boolean).join(".");
  const resource = resourceOf(object);
  const time = parseTime(at(log, "requestReceivedTimestamp")) ?? parseTime(at(log, "stageTimestamp"));
  const address = textAt(listAt(log, "sourceIPs")[0]);
  const impersonated = actorOf(knownAt(log, "impersonatedUser", "username"));
  const outcome = outcomeOf(log);
  const failure = outcome.error && (outcome.error.message ?? outcome.error.code ?? "");
  const words = [verb === "deletecollection" ? "delete" : verb, ...(resource ? resource.type.split("_") : wordsOf(kind))];
  const cluster = [around.resource, ...(around.related_resources ?? [])].filter((place) => place !== undefined);
  const event: EventInput = {
    ...around,
    action: `kubernetes.${kind}.${verb}`,
    namespace: "kubernetes",
    operation: operationClass(kind, verb),
    occurred_at: time ?? around.occurred_at,
    actor: actorOf(knownAt(log, "user", "username")) ?? { type: "anonymous" },
    on_behalf_of: impersonated && [impersonated],
    resource: resource ?? cluster[0],
    related_resources: resource ? cluster : cluster.slice(1),
    status: outcome.status,
    error: outcome.error,
    operation_id: id,
    origin: "api",
    description: tell({ words, action: `${verb} ${kind}`, resources: resource ? [resource] : [], failure }),
    context: { ip: (address && parseAddress(address)) || undefined, user_agent: textAt(log, "userAgent"), request_id: id },
  };
  // One request is logged at several stages.
  return { event, vendorId: [id, knownAt(log, "stage") ?? ""].join(" ").trimEnd() };
}

function actorOf(name: string | undefined): Actor | undefined {
  if (name === undefined) return undefined;
  if (name === "system:anonymous") return { type: "anonymous", name };
  if (name.startsWith("system:serviceaccount:")) return { type: "service_user", name };
  return name.startsWith("system:") ? { type: "system", name } : { type: "user", name, email: name.includes("@") ? name : undefined };
}

function resourceOf(object: JsonObject): Resource | undefined {
  const kind = knownAt(object, "resource");
  const name = knownAt(object, "name");
  const namespace = knownAt(object, "namespace");
  if (kind === undefined || (name === undefined && namespace === undefined)) return undefined;
  if (name === undefined) return { type: "namespace", name: namespace };
  return { type: singular(kind), id: [namespace, kind, name].filter(Boolean).join("/"), name };
}

function outcomeOf(log: JsonObject): { status: Status; error?: NonNullable<EventInput["error"]> } {
  const code = knownAt(log, "responseStatus", "code");
  if (Number(code) >= 400)
    return { status: "failed", error: { code: knownAt(log, "responseStatus", "reason") ?? code, message: textAt(log, "responseStatus", "message") } };
  return { status: /^(?:RequestReceived|ResponseStarted)$/.test(textAt(log, "stage") ?? "") ? "in_progress" : "success" };
}

function operationClass(kind: string, verb: string): Operation {
  if (/\.(?:exec|attach|portforward|proxy)$/.test(kind)) return "executed";
  if (verb === "watch") return "viewed";
  return operationOf(verb === "deletecollection" ? "delete" : verb) ?? "other";
}
