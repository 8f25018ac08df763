import { asDaybook, importRecords } from "@daybook/services";
import type { Arena } from "./arena.ts";

const warmUpRecords = 3_000;

/** Events a second of an import: real time from the first line read to the last commit, database on disk. */
export async function importRate(arena: Arena, records: number): Promise<number> {
  const first = await arena.organization();
  await importOnce(arena, first.id, cloudTrailLines(warmUpRecords));
  const { id } = await arena.organization();
  const text = cloudTrailLines(records);
  const started = performance.now();
  await importOnce(arena, id, text);
  return records / ((performance.now() - started) / 1_000);
}

async function importOnce({ platform }: Arena, organizationId: string, text: string): Promise<void> {
  const { created, problems } = await importRecords(platform, asDaybook(organizationId, "Bench"), { vendor: "cloudtrail", fileName: "trail.ndjson", text });
  if (created === 0) throw new Error(`nothing was imported: ${problems[0]?.message ?? "no reason"}`);
}

/** Of the size and shape of CloudTrail's own: 1.5 kB, 25 to 40 members, four levels deep. */
const cloudTrailLines = (records: number): string => Array.from({ length: records }, (_, at) => JSON.stringify(cloudTrailRecord(at))).join("\n");

const calls = [
  ["s3.amazonaws.com", "GetObject", true],
  ["sts.amazonaws.com", "AssumeRole", true],
  ["ec2.amazonaws.com", "DescribeInstances", true],
  ["iam.amazonaws.com", "CreateUser", false],
  ["kms.amazonaws.com", "Decrypt", true],
] as const;

function cloudTrailRecord(at: number): object {
  const [source, name, readOnly] = calls[at % calls.length] ?? calls[0];
  const person = `user-${at % 200}`;
  return {
    eventVersion: "1.09",
    userIdentity: {
      type: "AssumedRole",
      principalId: `AROA${String(at % 200).padStart(17, "0")}:${person}`,
      arn: `arn:aws:sts::123456789012:assumed-role/Admin/${person}`,
      accountId: "123456789012",
      sessionContext: {
        sessionIssuer: {
          type: "Role",
          principalId: `AROA${String(at % 200).padStart(17, "0")}`,
          arn: "arn:aws:iam::123456789012:role/Admin",
          accountId: "123456789012",
          userName: "Admin",
        },
        attributes: { creationDate: "2026-11-20T08:00:00Z", mfaAuthenticated: "true" },
      },
    },
    eventTime: new Date(Date.parse("2026-11-20T00:00:00Z") + at * 37).toISOString(),
    eventSource: source,
    eventName: name,
    awsRegion: "eu-west-1",
    sourceIPAddress: `198.51.100.${at % 250}`,
    userAgent: "aws-sdk-js/3.940.0 os/linux lang/js md/nodejs#24.1.0 api/s3#3.940.0",
    requestParameters: { bucketName: `bucket-${at % 50}`, key: `path/to/object-${at}.parquet`, Host: `bucket-${at % 50}.s3.eu-west-1.amazonaws.com` },
    responseElements: null,
    additionalEventData: {
      SignatureVersion: "SigV4",
      CipherSuite: "TLS_AES_128_GCM_SHA256",
      bytesTransferredIn: 0,
      bytesTransferredOut: at * 3,
      AuthenticationMethod: "AuthHeader",
    },
    requestID: `REQ${String(at).padStart(13, "0")}`,
    eventID: `${String(at).padStart(8, "0")}-1111-4222-8333-444444444444`,
    readOnly,
    resources: [{ type: "AWS::S3::Object", ARN: `arn:aws:s3:::bucket-${at % 50}/path/to/object-${at}.parquet` }],
    eventType: "AwsApiCall",
    managementEvent: false,
    recipientAccountId: "123456789012",
    eventCategory: "Data",
    tlsDetails: { tlsVersion: "TLSv1.3", cipherSuite: "TLS_AES_128_GCM_SHA256", clientProvidedHostHeader: `bucket-${at % 50}.s3.eu-west-1.amazonaws.com` },
  };
}
