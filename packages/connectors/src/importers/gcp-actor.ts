import type { Actor } from "@daybook/event";
import { isObject, knownAt, listAt, objectAt, textAt } from "../read-json.ts";
import type { JsonObject } from "../read-json.ts";

/** Who a Cloud Audit record says acted. Google redacts the e-mail of some refused and public reads: nobody is known then. */
export function gcpActor(record: JsonObject, payload: JsonObject): Actor {
  const info = objectAt(payload, "authenticationInfo");
  const subject = knownAt(info, "principalSubject");
  const email = knownAt(info, "principalEmail") ?? knownAt(record, "jsonPayload", "actor", "user");
  if (email === undefined && subject === undefined) return withoutIdentity(record);
  return principal(email ?? subject ?? "", subject);
}

/** Who used a service account's identity; the record lists the first of them first, and an event names the nearest first. */
export function gcpDelegation(payload: JsonObject): Actor[] {
  return listAt(payload, "authenticationInfo", "serviceAccountDelegationInfo")
    .filter(isObject)
    .flatMap((delegation) => {
      const email = knownAt(delegation, "firstPartyPrincipal", "principalEmail");
      const subject = knownAt(delegation, "principalSubject");
      return email === undefined && subject === undefined ? [] : [principal(email ?? subject ?? "", subject)];
    })
    .toReversed();
}

/**
 * `system.gserviceaccount.com` and Kubernetes' own controllers are the platform; every other `gserviceaccount.com` is a service account. A federated
 * identity has a subject (`principal://…/subject/alice`) and no e-mail.
 */
function principal(name: string, subject: string | undefined): Actor {
  const email = name.includes("@") && !name.includes(":") ? name : undefined;
  // The e-mail is Google's id of a caller, and only some records add the subject: an id that comes and goes would make two actors of one.
  const identity = { id: email ?? subject, name: name.startsWith("principal") ? (name.split("/").at(-1) ?? name) : name, email };
  if (/@system\.gserviceaccount\.com$|^system@google\.com$|^system:(?!serviceaccount:)/.test(name)) return { type: "system", ...identity };
  const isService = /\.?gserviceaccount\.com$|^system:serviceaccount:|^serviceAccount:/.test(name) || subject?.startsWith("serviceAccount:") === true;
  return { type: isService || subject?.includes("/workloadIdentityPools/") === true ? "service_user" : "user", ...identity };
}

/** Google's own maintenance has a log of its own, and what applications write is no act of a person. */
function withoutIdentity(record: JsonObject): Actor {
  const log = textAt(record, "logName") ?? "";
  if (log.endsWith("system_event")) return { type: "system", name: "Google Cloud" };
  return log === "" || log.includes("cloudaudit.googleapis.com") ? { type: "anonymous" } : { type: "system", name: decodedLog(log) };
}

/** `projects/p/logs/cloudaudit.googleapis.com%2Factivity` → `cloudaudit.googleapis.com/activity`. */
export const decodedLog = (log: string): string => log.slice(log.lastIndexOf("/") + 1).replaceAll(/%2f/gi, "/");
