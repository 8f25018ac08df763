import type { Resource } from "@daybook/event";

/** CloudFormation's spelling of the services that ARNs write in lower case; others are capitalised. */
const services: Record<string, string> = {
  acm: "ACM",
  apigateway: "ApiGateway",
  cloudformation: "CloudFormation",
  cloudtrail: "CloudTrail",
  dynamodb: "DynamoDB",
  ec2: "EC2",
  ecr: "ECR",
  ecs: "ECS",
  eks: "EKS",
  elasticloadbalancing: "ElasticLoadBalancingV2",
  guardduty: "GuardDuty",
  iam: "IAM",
  kms: "KMS",
  logs: "Logs",
  rds: "RDS",
  route53: "Route53",
  route53resolver: "Route53Resolver",
  s3: "S3",
  secretsmanager: "SecretsManager",
  securityhub: "SecurityHub",
  ses: "SES",
  sns: "SNS",
  sqs: "SQS",
  ssm: "SSM",
  sso: "SSO",
  sts: "STS",
  wafv2: "WAFv2",
};

export interface Arn {
  service: string;
  account: string;
  /** The parts behind the account, split at the first `/` or `:`. */
  kind: string | undefined;
  name: string;
}

/** `arn:aws:iam::123456789012:user/alice` → iam, 123456789012, user, alice. */
export function parseArn(text: string): Arn | null {
  const [scheme, , service = "", , account = "", ...rest] = text.split(":");
  const tail = rest.join(":");
  if (scheme !== "arn" || tail === "") return null;
  const cut = tail.search(/[/:]/);
  return cut === -1 ? { service, account, kind: undefined, name: tail } : { service, account, kind: tail.slice(0, cut), name: tail.slice(cut + 1) };
}

/** A type of CloudFormation's form, so that an ARN and a request parameter name one kind of thing alike. */
export const awsType = (service: string, kind: string): string => `AWS::${serviceName(service)}::${pascal(kind)}`;

export function arnResource(arn: string, type?: string): Resource {
  const parsed = parseArn(arn);
  if (parsed === null) return { type: type ?? "AWS::Resource", id: arn };
  return { type: type ?? arnType(parsed), id: arn, name: parsed.service === "s3" && parsed.kind !== undefined ? `${parsed.kind}/${parsed.name}` : parsed.name };
}

function arnType({ service, kind, name }: Arn): string {
  if (service === "s3") return kind === undefined ? "AWS::S3::Bucket" : "AWS::S3::Object";
  if (kind !== undefined) return awsType(service, kind);
  return service === "sns" ? "AWS::SNS::Topic" : service === "sqs" ? "AWS::SQS::Queue" : awsType(service, name === "root" ? "root" : "resource");
}

const serviceName = (service: string): string => {
  const lower = service.toLowerCase();
  return (Object.hasOwn(services, lower) ? services[lower] : undefined) ?? (pascal(lower) || "Service");
};

const pascal = (text: string): string =>
  text
    .split(/[^a-zA-Z0-9]+/)
    .filter(Boolean)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join("");
