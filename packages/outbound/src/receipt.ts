import { z } from "zod";
import { oneLine, type ParsedAddress } from "./address.ts";

/** `accepted`: the server took it. `retry`: later may go better. `refused`: the same mail will be refused again. */
type MailOutcome = "accepted" | "retry" | "refused";

interface RecipientReceipt {
  address: string;
  outcome: MailOutcome;
  detail: string;
}

export interface Receipt {
  /** Of the mail as a whole: accepted when at least one recipient's was, so look at `perRecipient` before sending again. */
  outcome: MailOutcome;
  /** One line for a person: what the server said, never a credential. */
  detail: string;
  perRecipient: RecipientReceipt[];
}

/** What nodemailer throws, or keeps per recipient; its type says less than its objects hold, so they are read by a schema. */
const failureSchema = z.object({
  code: z.string().optional().catch(undefined),
  message: z.string().catch("unknown failure"),
  responseCode: z.number().optional().catch(undefined),
  response: z.string().optional().catch(undefined),
  recipient: z.string().optional().catch(undefined),
});
type Failure = z.output<typeof failureSchema>;
const manyFailures = z.object({ rejectedErrors: z.array(failureSchema).catch([]) });
const successSchema = z.object({ response: z.string().catch(""), accepted: z.array(z.string()).catch([]) });

type Redact = (text: string) => string;

export function receiptOfSuccess(info: unknown, redact: Redact): Receipt {
  const { accepted, response } = successSchema.parse(info);
  const { rejectedErrors } = manyFailures.parse(info);
  const detail = redact(response);
  return {
    outcome: "accepted",
    detail,
    perRecipient: [
      ...accepted.map((address) => ({ address, outcome: "accepted" as const, detail })),
      ...rejectedErrors.map((failure) => receiptOfRecipient(failure, redact)),
    ],
  };
}

export function receiptOfFailure(error: unknown, recipients: ParsedAddress[], redact: Redact): Receipt {
  const failure = failureSchema.parse(error instanceof Error || (typeof error === "object" && error !== null) ? error : {});
  const named = manyFailures.parse(error).rejectedErrors.map((one) => receiptOfRecipient(one, redact));
  const outcome = outcomeOf(failure);
  const detail = redact(sentenceOf(failure));
  const unnamed = recipients.filter(({ address }) => !named.some((one) => one.address === address));
  return { outcome, detail, perRecipient: [...named, ...unnamed.map(({ address }) => ({ address, outcome, detail }))] };
}

const receiptOfRecipient = (failure: Failure, redact: Redact): RecipientReceipt => ({
  address: failure.recipient ?? "",
  outcome: outcomeOf(failure),
  detail: redact(sentenceOf(failure)),
});

/** Addresses that never reached the server stand in the receipt beside those that did. */
export const withInvalid = (receipt: Receipt, invalid: string[]): Receipt => ({
  ...receipt,
  perRecipient: [
    ...receipt.perRecipient,
    ...invalid.map((address) => ({ address: clip(oneLine(address)), outcome: "refused" as const, detail: "Not a mail address" })),
  ],
});

/**
 * A reply's first digit decides: 4 is "not now", 5 is "no". Without a reply, a mail that could not even be addressed is refused and every trouble
 * with the connection may pass. A refused sign-in is trouble with our settings, not with this mail: it is tried again once they are mended.
 */
function outcomeOf({ code, responseCode }: Failure): MailOutcome {
  if (code === "EAUTH") return "retry";
  if (responseCode !== undefined) return responseCode >= 500 ? "refused" : "retry";
  return code === "EENVELOPE" || code === "EMESSAGE" ? "refused" : "retry";
}

function sentenceOf({ code, response, message }: Failure): string {
  const answer = response ?? message;
  return code === "EAUTH" ? `The mail server refused our sign-in: ${answer}` : answer;
}

const detailLengthMax = 300;
const clip = (text: string): string => (text.length <= detailLengthMax ? text : `${text.slice(0, detailLengthMax - 1).toWellFormed()}…`);

/** Servers may repeat what they were sent. The user's name and password are taken out in every form in which they cross the wire. */
export function redactor(credentials: { user: string; pass: string } | null): Redact {
  const secrets = credentials ? secretForms(credentials).filter((form) => form !== "") : [];
  return (text) => clip(oneLine(secrets.reduce((rest, secret) => rest.replaceAll(secret, "[REDACTED]"), text)));
}

const secretForms = ({ user, pass }: { user: string; pass: string }): string[] =>
  [base64(`\0${user}\0${pass}`), base64(pass), encodeURIComponent(pass), pass, base64(user), encodeURIComponent(user), user].filter(
    (form, index, all) => all.indexOf(form) === index,
  );

const base64 = (text: string): string => Buffer.from(text).toString("base64");
