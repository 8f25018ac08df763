import { actionPattern } from "@daybook/event";
import type { EventInput, Json, Problem } from "@daybook/event";
import { fitEvent } from "./fit-event.ts";
import { isObject } from "./read-json.ts";
import type { JsonObject } from "./read-json.ts";

export interface ImportedEvent {
  event: EventInput;
  /**
   * What makes the record the same one when it is imported again. Null when the vendor gave no id (exports are often cut down): the key must then
   * come from the record's content, and as this package may not hash, the verb passes the SHA-256 of `canonicalRecord(record)` to `importKey`.
   */
  vendorId: string | null;
  /** Of a record with several events, what this one was read from: kept as its original where copies of the whole record would be too large. */
  part?: Json;
}

/** Why a record became no event, for the person who uploaded it. A value, because the other records are still imported. */
export type ImportProblem = Problem;

interface ImportContext {
  /** Position of the record in its upload, from 0. */
  index: number;
}

/** Another product's audit log as a kind: how one of its records reads as events. */
export interface Importer<Id extends string = string> {
  id: Id;
  title: string;
  /** Where a person gets the file, in one sentence. */
  hint?: string;
  docsUrl: string;
  /** A record as the vendor writes it: shown on the kind's page, and mapped to `__golden__/<id>.json` by the conformance test. */
  sample: Json;
  /** One record may hold several events; their vendor ids differ. Never throws. */
  toEvents(record: Json, context: ImportContext): ImportedEvent[] | ImportProblem;
}

/** What the author of a kind writes: only the mapping. Limits of the event, blank fields and the vendor's category are kept here for all. */
export interface ImporterDefinition<Id extends string> extends Omit<Importer<Id>, "toEvents"> {
  /** The action is the vendor's own key; anything in it that an action cannot hold becomes `_`. */
  read(record: JsonObject, context: ImportContext): ImportedEvent[] | ImportProblem;
}

export function defineImporter<const Id extends string>(definition: ImporterDefinition<Id>): Importer<Id> {
  const { read, ...importer } = definition;
  return {
    ...importer,
    toEvents(record, context) {
      if (!isObject(record)) return notARecord(importer.title, "is no JSON object");
      const drafts = read(record, context);
      if (!Array.isArray(drafts)) return drafts;
      return drafts.map(({ event, vendorId, part }) => ({
        event: fitEvent({ ...event, action: actionOf(event.action) }),
        vendorId: vendorId !== null && vendorId.length <= vendorIdLengthMax ? vendorId : null,
        ...(part !== undefined && { part }),
      }));
    },
  };
}

export const notARecord = (title: string, why: string): ImportProblem => ({
  code: "invalid_event",
  message: `This is no record of the ${title}: it ${why}.`,
});

/** Longer ids would not fit the idempotency key (256); their record is known by its content instead. */
const vendorIdLengthMax = 160;

/**
 * The idempotency key of an imported event: `import:<importer>:<vendor id>`, or `import:<importer>:content:<hash>` where the vendor gave none.
 * `index` is the event's position among those of its record; only the content key needs it, vendor ids differ already.
 */
export function importKey(imported: { importer: string; vendorId: string | null; contentHash: string; index: number }): string {
  const { importer, vendorId, contentHash, index } = imported;
  return vendorId === null ? `import:${importer}:content:${contentHash}${index === 0 ? "" : `:${index}`}` : `import:${importer}:${vendorId}`;
}

/**
 * The key for a record whose vendor id is taken by other content. Vendors do give one id to two records (of 3,655 CloudTrail records here, 288),
 * and dropping the second would lose it, so it is kept under both id and content, and the verb tells how many there were.
 */
export const importConflictKey = (imported: { importer: string; vendorId: string; contentHash: string }): string =>
  `import:${imported.importer}:${imported.vendorId}:content:${imported.contentHash.slice(0, 32)}`;

function actionOf(text: string): string {
  const action = text
    .replace(/[^a-zA-Z0-9_.:-]+/g, "_")
    .replace(/^[^a-zA-Z0-9]+/, "")
    .slice(0, 128);
  return actionPattern.test(action) ? action : "unnamed";
}
