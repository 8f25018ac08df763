import type { Actor } from "@daybook/event";
import { knownAt, objectAt, textAt } from "../read-json.ts";
import type { JsonObject } from "../read-json.ts";

const soap = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/";
const microsoft = "http://schemas.microsoft.com/identity/claims/";

/** The claims of the caller's token: `identity.claims` in exports, `identity.claim` in Key Vault's log, `claims` in the REST answer. */
export function azureClaims(record: JsonObject): JsonObject {
  const identity = objectAt(record, "identity");
  const places = [objectAt(identity, "claims"), objectAt(identity, "claim"), objectAt(record, "claims")];
  return places.find((claims) => Object.keys(claims).length > 0) ?? {};
}

/** Who an Azure record says acted. Claims are named by URLs whose dots are part of the key. */
export function azureActor(record: JsonObject): Actor {
  const claims = azureClaims(record);
  const caller = knownAt(record, "caller");
  const upn = knownAt(claims, `${soap}upn`) ?? knownAt(claims, "upn") ?? knownAt(claims, `${soap}emailaddress`) ?? knownAt(claims, "email");
  const given = knownAt(claims, "name") ?? knownAt(claims, `${soap}name`) ?? upn ?? caller;
  const id = knownAt(claims, `${microsoft}objectidentifier`) ?? knownAt(claims, "oid") ?? knownAt(claims, `${soap}nameidentifier`);
  const app = knownAt(claims, "appid");
  if (given?.startsWith("Microsoft.") === true && !given.includes("@")) return { type: "system", name: given };
  const email = [upn, given, caller].find((text) => text?.includes("@"));
  if (email !== undefined) return { type: "user", id, name: given, email };
  if (app !== undefined || textAt(claims, "idtyp") === "app") return { type: "service_user", id: id ?? app ?? caller, name: given ?? app };
  if (given !== undefined || id !== undefined) return { type: isId(given) ? "service_user" : "user", id: id ?? (isId(given) ? given : undefined), name: given };
  return ofKey(record);
}

/** Service principals without a name are called by their id. */
const isId = (text: string | undefined): boolean => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text ?? "");

/** Storage is also reached with an account's key or with a signed address, which names nobody. */
function ofKey(record: JsonObject): Actor {
  const identity = objectAt(record, "identity");
  const kind = textAt(identity, "type") ?? (/[?&]sig=/i.test(textAt(record, "uri") ?? "") ? "SAS" : undefined);
  if (kind === undefined || /^anonymous$/i.test(kind)) return { type: "anonymous" };
  return { type: "api_key", id: knownAt(identity, "tokenHash"), name: kind };
}
