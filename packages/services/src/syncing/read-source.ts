import type { Source as SourceKind, SyncReading } from "@daybook/connectors";
import { Refusal } from "@daybook/event";
import type { Problem } from "@daybook/event";
import type { Platform } from "../platform.ts";

/** A disk that does not answer, as a network folder may, must not hold the run for longer than its lease. */
const readTimeoutMs = 20_000;

/** Reads what the source left behind and says what it means. What went wrong is an outcome of the run, not an error of the job. */
export async function readSource({ folder }: Pick<Platform, "folder">, kind: SourceKind, settings: unknown): Promise<SyncReading | { problem: Problem }> {
  try {
    const wanted = kind.wants(settings);
    const files = await withinTime(folder.read(wanted.folder, wanted.files));
    return kind.interpret(settings, files);
  } catch (error) {
    if (error instanceof Refusal) return { problem: { code: error.code, message: error.message } };
    throw error;
  }
}

async function withinTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Refusal("unavailable", `The folder did not answer within ${readTimeoutMs / 1_000} seconds.`)), readTimeoutMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
