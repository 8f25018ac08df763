import type { Actor } from "@daybook/event";
import { knownAt, objectAt, textAt } from "../read-json.ts";
import type { JsonObject } from "../read-json.ts";
import { parseArn } from "./aws-arn.ts";

/** Who a CloudTrail record says acted, as one actor that reads alike for people, roles and services. */
export function awsActor(record: JsonObject, service: string | undefined): Actor {
  const identity = objectAt(record, "userIdentity");
  const arn = knownAt(identity, "arn");
  const principal = knownAt(identity, "principalId");
  const parsed = arn === undefined ? null : parseArn(arn);
  const invokedBy = textAt(identity, "invokedBy");
  const userName = knownAt(identity, "userName");
  switch (textAt(identity, "type") ?? "") {
    case "Root":
      return { type: "user", id: arn ?? principal, name: "root" };
    case "AssumedRole":
      return roleSession(identity, parsed?.name, arn, principal);
    case "AWSService":
      return { type: "system", id: invokedBy, name: invokedBy ?? service ?? "AWS" };
    case "AWSAccount":
      if (principal === "ANONYMOUS_PRINCIPAL") return { type: "anonymous" };
      return { type: "user", id: principal ?? knownAt(identity, "accountId"), name: sessionOf(principal) ?? accountName(identity) };
    default: {
      const name = userName ?? parsed?.name.split("/").at(-1) ?? sessionOf(principal) ?? principal ?? knownAt(identity, "onBehalfOf", "userId");
      const id = arn ?? principal ?? knownAt(identity, "credentialId");
      if (name !== undefined || id !== undefined) return { type: "user", id, name: name ?? id, email: name?.includes("@") ? name : undefined };
      return withoutIdentity(record, service);
    }
  }
}

/** Records of services about themselves have no identity at all; any other record without one says nothing of who acted. */
function withoutIdentity(record: JsonObject, service: string | undefined): Actor {
  const isService = textAt(record, "eventType") === "AwsServiceEvent" || textAt(record, "sourceIPAddress")?.endsWith(".amazonaws.com") === true;
  return isService ? { type: "system", name: service ?? "AWS" } : { type: "anonymous" };
}

/** Session names that SDKs, instances and services give; a person's session carries the person's name. */
const machineSession = /^(?:i-[0-9a-fA-F]+|aws-(?:go|sdk)-.*|botocore-session-.*|AWSCLI-Session.*|\d{9,})$/;

/** A role is worn by many; its session name says who wore it: `Admin/alice@example.com`. */
function roleSession(identity: JsonObject, name: string | undefined, arn: string | undefined, principal: string | undefined): Actor {
  const [roleOfArn, sessionOfArn] = name?.split("/") ?? [];
  const role = knownAt(identity, "sessionContext", "sessionIssuer", "userName") ?? roleOfArn;
  const session = sessionOfArn ?? sessionOf(principal);
  const isMachine = textAt(identity, "invokedBy") !== undefined || machineSession.test(session ?? "") || role?.startsWith("AWSServiceRole") === true;
  return {
    type: isMachine ? "service_user" : "user",
    id: arn ?? principal,
    name: [role, session].filter(Boolean).join("/") || arn || principal || "assumed role",
    email: session?.includes("@") ? session : undefined,
  };
}

/** The part that a role's principal id carries behind the colon. */
const sessionOf = (principal: string | undefined): string | undefined => principal?.split(":")[1] || undefined;

const accountName = (identity: JsonObject): string | undefined => {
  const account = knownAt(identity, "accountId");
  return account && `account ${account}`;
};
