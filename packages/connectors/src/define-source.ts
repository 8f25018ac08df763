import { Refusal } from "@daybook/event";
import type { Problem } from "@daybook/event";
import { z } from "zod";

interface WantedFile {
  name: string;
  bytesMax: number;
  /** Without it the reading still says something. */
  optional?: boolean;
}

interface Wanted {
  folder: string;
  files: WantedFile[];
}

/** What one synchronisation left behind, in the same words for every tool. */
export interface SyncReading {
  /** The tool's own id of the run; null where it wrote none. */
  invocationId: string | null;
  generatedAt: string | null;
  startedAt: string | null;
  finishedAt: string | null;
  result: "success" | "failed";
  counts: { [name: string]: number };
  failures: NodeFailure[];
  warnings: string[];
  project: string | null;
}

export interface NodeFailure {
  uniqueId: string;
  name: string;
  resourceType: string;
  status: string;
  message: string | null;
  durationMs: number | null;
}

interface SourceActions {
  started: string;
  completed: string;
  nodeFailed: string;
}

/** A system whose synchronisations Daybook logs, as a kind: what it must be told, which files it reads, and what they mean. */
export interface Source<Id extends string = string> {
  id: Id;
  title: string;
  docsUrl: string;
  /** The form in the console derives from it; each field has a title and a hint. */
  settings: z.ZodType;
  actions: SourceActions;
  sample: { settings: unknown; files: { [name: string]: string } };
  /** Both take settings as they were stored and throw `Refusal("invalid")` when the schema does not accept them. */
  wants(settings: unknown): Wanted;
  /** A file that was not there is undefined. Never throws for what a file says: that is a problem with a sentence. */
  interpret(settings: unknown, files: { [name: string]: string | undefined }): SyncReading | { problem: Problem };
}

export interface SourceDefinition<Id extends string, S> extends Omit<Source<Id>, "settings" | "wants" | "interpret"> {
  settings: z.ZodType<S>;
  wants(settings: S): Wanted;
  interpret(settings: S, files: { [name: string]: string | undefined }): SyncReading | { problem: Problem };
}

export function defineSource<const Id extends string, S>(definition: SourceDefinition<Id, S>): Source<Id> {
  const read = (settings: unknown): S => {
    const parsed = definition.settings.safeParse(settings);
    if (parsed.success) return parsed.data;
    const issue = parsed.error.issues[0];
    const path = issue?.path.join(".") ?? "";
    throw new Refusal(
      "invalid",
      `The settings of this ${definition.title} integration are not valid: ${path ? `\`${path}\`: ` : ""}${issue?.message ?? "unknown reason"}.`,
      path || undefined,
    );
  };
  return {
    ...definition,
    wants: (settings) => definition.wants(read(settings)),
    interpret: (settings, files) => definition.interpret(read(settings), files),
  };
}
