import { Refusal } from "@daybook/event";
import { people } from "@daybook/store";
import type { AfterName, Executor, MemberName, Tx } from "@daybook/store";
import { z } from "zod";
import { cursorLengthMax, descriptionLengthMax, externalIdLengthMax, inventoryPageDefault, inventoryPageMax, nameLengthMax } from "./limits.ts";

/** How a thing is named: by Daybook's id, or as `external:` and the id that the host product gave it. */
export type Ref = { id: string } | { externalId: string };

const externalPrefix = "external:";
const uuid = z.uuid();
const email = z.email();

// What PostgreSQL cannot keep, and what would break a line of a log.
const plain = /^[^\p{Cc}]*$/u;
export const externalId = z.string().trim().min(1).max(externalIdLengthMax).regex(plain, "must be without control characters");

export const thingRef = z
  .string()
  .max(externalPrefix.length + externalIdLengthMax)
  .transform((text, { addIssue }): Ref => {
    if (text.startsWith(externalPrefix)) {
      const external = externalId.safeParse(text.slice(externalPrefix.length));
      if (external.success) return { externalId: external.data };
    }
    if (uuid.safeParse(text).success) return { id: text.toLowerCase() };
    addIssue("must be an id, or `external:` and the id in your product");
    return z.NEVER;
  });

/** A member is named by the user's id or by the e-mail address. */
export const memberRef = z
  .string()
  .max(254)
  .transform((text, { addIssue }): { userId: string } | { email: string } => {
    if (uuid.safeParse(text).success) return { userId: text.toLowerCase() };
    if (email.safeParse(text).success) return { email: text };
    addIssue("must be the id or the e-mail address of a member");
    return z.NEVER;
  });
export type MemberRef = z.output<typeof memberRef>;

export const named = {
  name: z.string().trim().min(1, "is needed").max(nameLengthMax),
  description: z.string().trim().max(descriptionLengthMax),
};

export const pageInput = z.object({
  containing: z.string().trim().max(nameLengthMax).default(""),
  cursor: z.string().max(cursorLengthMax).nullish(),
  limit: z.number().int().min(1).max(inventoryPageMax).default(inventoryPageDefault),
});
type PageInput = z.output<typeof pageInput>;

/** One row more than was asked for tells whether there is a next page. */
export const askedPage = ({ containing, cursor, limit }: PageInput) => ({ containing, after: cursor ? readCursor(cursor) : null, limit: limit + 1 });

export function cutPage<Row>(rows: readonly Row[], limit: number, placeOf: (row: Row) => AfterName): { rows: Row[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  if (rows.length <= limit || last === undefined) return { rows: shown, nextCursor: null };
  const { name, id } = placeOf(last);
  return { rows: shown, nextCursor: Buffer.from(JSON.stringify([name, id])).toString("base64url") };
}

const place = z.tuple([z.string().max(cursorLengthMax), uuid]);

function readCursor(cursor: string): AfterName {
  try {
    const [name, id] = place.parse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
    if (name.includes("\u0000")) throw new Error("no name holds it");
    return { name, id };
  } catch {
    throw new Refusal("invalid", "The cursor is not one that this list gave.", "cursor");
  }
}

/** Somebody who was a member stays one who can be asked about, and from whom access can be taken. */
export const findMember = async (db: Executor, organizationId: string, ref: MemberRef): Promise<MemberName> =>
  demandKnown(await people.find(db, organizationId, ref));

/** The same for a change: whoever removes them meanwhile waits, and takes away what it gave. */
export const holdMember = async (tx: Tx, organizationId: string, ref: MemberRef): Promise<MemberName> =>
  demandKnown(await people.hold(tx, organizationId, ref));

function demandKnown(member: MemberName | null): MemberName {
  if (!member) throw new Refusal("not_found", "There is no such member in this organization.");
  return member;
}

export function demandPresent(member: MemberName): void {
  if (member.status === "removed") throw new Refusal("conflict", `${member.name} is no longer a member of the organization. Invite them again first.`);
}

export const asRelated = ({ userId, name }: Pick<MemberName, "userId" | "name">) => ({ type: "user", id: userId, name });
