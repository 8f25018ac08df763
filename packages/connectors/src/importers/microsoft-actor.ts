import type { Actor } from "@daybook/event";

/** What Microsoft's logs say of one who acted, under whatever names. */
interface MicrosoftIdentity {
  id?: string;
  /** `alice@contoso.com` for a person. */
  principalName?: string;
  displayName?: string;
  isApplication?: boolean;
  isSystem?: boolean;
}

/** One actor out of it; undefined when the log names nobody. */
export function microsoftActor({ id, principalName, displayName, isApplication, isSystem }: MicrosoftIdentity): Actor | undefined {
  const name = displayName ?? principalName;
  if (id === undefined && name === undefined) return undefined;
  if (isSystem === true || isBuiltIn(principalName ?? id ?? "")) return { type: "system", id, name };
  const isMachine = isApplication === true || /^ServicePrincipal_/i.test(principalName ?? id ?? "");
  return { type: isMachine ? "service_user" : "user", id, name, email: isMachine ? undefined : emailOf(principalName) };
}

/** Accounts of the service itself, whatever type the record gives them: real records call `NT AUTHORITY\SYSTEM` an administrator. */
const isBuiltIn = (principal: string): boolean => /^(?:NT AUTHORITY|NT SERVICE|SHAREPOINT)\\|^app@sharepoint$|^SYSTEM$/i.test(principal);

/** A guest's principal name (`bob_gmail.com#EXT#@contoso.onmicrosoft.com`) looks like an address and is none. */
const emailOf = (principalName: string | undefined): string | undefined =>
  principalName !== undefined && /^[^\s@#|]+@[^\s@#|]+$/.test(principalName) ? principalName : undefined;
