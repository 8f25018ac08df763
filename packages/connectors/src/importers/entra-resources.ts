import type { Resource } from "@daybook/event";
import { knownAt, textAt } from "../read-json.ts";
import type { JsonObject } from "../read-json.ts";

/** What an activity touched; what a sign-in was to. Role assignments of subscriptions name a scope only, and all happens in a tenant. */
export function entraResources(
  record: JsonObject,
  told: { properties: JsonObject; details: JsonObject; targets: JsonObject[]; isSignIn: boolean },
): Resource[] {
  const { properties, details, targets, isSignIn } = told;
  const target = targets.map((each) => ({
    type: textAt(each, "type") ?? "resource",
    id: knownAt(each, "id"),
    name: knownAt(each, "displayName") ?? knownAt(each, "userPrincipalName"),
  }));
  const application = { type: "application", id: knownAt(properties, "appId"), name: knownAt(properties, "appDisplayName") };
  const accessed = { type: "resource", id: knownAt(properties, "resourceId"), name: knownAt(properties, "resourceDisplayName") };
  const isProgram = textAt(properties, "servicePrincipalId") !== undefined && textAt(properties, "userPrincipalName") === undefined;
  const signedInTo = !isSignIn ? [] : isProgram || application.name === undefined ? [accessed, application] : [application, accessed];
  const scope = { type: "scope", id: knownAt(details, "Scope") };
  const tenant = { type: "tenant", id: knownAt(record, "tenantId") };
  const isNamed = (resource: Resource) => resource.id !== undefined || resource.name !== undefined;
  const found = [...target, ...signedInTo, scope].filter(isNamed);
  return found.length > 0 ? found : [tenant].filter(isNamed);
}
