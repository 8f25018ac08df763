import type { Resource } from "@daybook/event";
import { isObject, knownAt, listAt, objectAt, textAt } from "../read-json.ts";
import type { JsonObject } from "../read-json.ts";
import { arnResource, awsType } from "./aws-arn.ts";

export const accountType = "AWS::Account";
const listedMax = 32;

/** What the record names as resources; else what the request names; else the account, in which everything happens. */
export function awsResources(record: JsonObject, service: string, account: string | undefined): Resource[] {
  const stated = listAt(record, "resources")
    .slice(0, listedMax)
    .flatMap((entry) => {
      const arn = knownAt(entry, "ARN");
      return arn === undefined ? [] : [arnResource(arn, textAt(entry, "type"))];
    });
  const request = objectAt(record, "requestParameters");
  const found = [...stated, ...requested(request, service)];
  const unique = [...new Map(found.map((resource) => [`${resource.type} ${nameIn(resource)}`, resource])).values()];
  if (unique.length > 0) return unique;
  return account === undefined ? [] : [{ type: accountType, id: account }];
}

/** A parameter's path begins with a slash that its ARN swallows. */
const nameIn = (resource: Resource): string => (resource.name ?? resource.id ?? "").replace(/^\//, "");

/** Request parameters by what they name, the thing acted upon before what is applied to it. Null: belongs to the service of the call. */
const parameters: [key: string, service: string | null, kind: string][] = [
  ["bucketName", "s3", "Bucket"],
  ["functionName", "lambda", "Function"],
  ["secretId", "secretsmanager", "Secret"],
  ["userName", "iam", "User"],
  ["roleName", "iam", "Role"],
  ["groupName", null, "Group"],
  ["groupId", "ec2", "SecurityGroup"],
  ["instanceId", "ec2", "Instance"],
  ["imageId", "ec2", "Image"],
  ["snapshotId", "ec2", "Snapshot"],
  ["volumeId", "ec2", "Volume"],
  ["vpcId", "ec2", "VPC"],
  ["dBInstanceIdentifier", "rds", "DBInstance"],
  ["dBClusterIdentifier", "rds", "DBCluster"],
  ["dBSnapshotIdentifier", "rds", "DBSnapshot"],
  ["dBClusterSnapshotIdentifier", "rds", "DBClusterSnapshot"],
  ["targetDBSnapshotIdentifier", "rds", "DBSnapshot"],
  ["sourceDBSnapshotIdentifier", "rds", "DBSnapshot"],
  ["trailName", "cloudtrail", "Trail"],
  ["tableName", null, "Table"],
  ["repositoryName", "ecr", "Repository"],
  ["keyId", "kms", "Key"],
  ["roleArn", "iam", "Role"],
  ["policyArn", "iam", "Policy"],
  ["resourceArn", null, "resource"],
  ["modelId", "bedrock", "FoundationModel"],
  ["documentName", "ssm", "Document"],
  ["logGroupName", "logs", "LogGroup"],
  ["sessionId", "ssm", "Session"],
  ["commandId", "ssm", "Command"],
  ["accessKeyId", "iam", "AccessKey"],
];

/** What a plain `name` or `names` means depends on the service. */
const plainNames: Record<string, string> = { cloudtrail: "Trail", ssm: "Parameter", rolesanywhere: "Resource" };

function requested(request: JsonObject, service: string): Resource[] {
  const found: Resource[] = [];
  const add = (text: string | undefined, type: string) => {
    if (text !== undefined)
      found.push(text.startsWith("arn:") ? arnResource(text, type.endsWith("::Resource") ? undefined : type) : { type, id: text, name: text });
  };
  const bucket = knownAt(request, "bucketName");
  const key = knownAt(request, "key");
  if (service === "s3" && bucket !== undefined && key !== undefined) add(`${bucket}/${key}`, "AWS::S3::Object");
  for (const [parameter, owner, kind] of parameters) {
    const text = knownAt(request, parameter);
    if (text !== undefined) add(text, awsType(owner ?? service, kind));
  }
  for (const item of listAt(request, "instancesSet", "items").slice(0, listedMax)) add(knownAt(item, "instanceId"), "AWS::EC2::Instance");
  for (const id of listAt(request, "instanceIds").slice(0, listedMax)) add(knownAt(id), "AWS::EC2::Instance");
  const kind = Object.hasOwn(plainNames, service) ? plainNames[service] : undefined;
  if (kind !== undefined) {
    add(knownAt(request, "name"), awsType(service, kind));
    for (const name of listAt(request, "names").slice(0, listedMax)) add(knownAt(name), awsType(service, kind));
  }
  if (service === "ssm") add(knownAt(request, "target"), "AWS::EC2::Instance");
  return found.length > 0 ? found : byName(request, service);
}

/** Parameters that end like a name but name nothing acted upon. */
const noResource = new Set([
  "clientToken",
  "accountId",
  "clientId",
  "roleSessionName",
  "RegionName",
  "attributeName",
  "versionId",
  "configurationRecorderName",
]);

/** Thousands of operations follow one habit: `resolverQueryLogConfigId` names a resolver query log config. */
function byName(request: JsonObject, service: string): Resource[] {
  return Object.keys(request).flatMap((key) => {
    const kind = /^(.{2,}?)(?:Id|Name|Arn|ARN|Identifier)$/.exec(key)?.[1];
    const text = kind === undefined || noResource.has(key) || isObject(request[key]) ? undefined : knownAt(request, key);
    if (kind === undefined || text === undefined) return [];
    return [text.startsWith("arn:") ? arnResource(text) : { type: awsType(service, kind), id: text, name: text }];
  });
}
