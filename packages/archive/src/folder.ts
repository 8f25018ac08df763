import { constants } from "node:fs";
import { open, realpath, stat } from "node:fs/promises";
import { isAbsolute, join, resolve, sep } from "node:path";
import { TextDecoder } from "node:util";
import { Refusal } from "@daybook/event";

export interface FileWanted {
  /** A plain name: no folder in it. */
  name: string;
  bytesMax?: number;
}

/** Files by name; undefined where there is none. */
export type FolderContent = { [name: string]: string | undefined };

export interface FolderDoor {
  read(folder: string, files: readonly FileWanted[]): Promise<FolderContent>;
}

export interface FolderBounds {
  /** Folders below which reading is allowed. Empty or absent: anywhere. */
  allowedRoots?: readonly string[];
}

export const filesMax = 16;
export const fileBytesMaxDefault = 64 * 1_048_576;
/** All files of one reading together; they are held in memory as text. */
const folderBytesMax = 384 * 1_048_576;
const pathLengthMax = 4_096;
const chunkBytes = 1_048_576;

/**
 * Gives the host's folders to the verbs. With an empty list whoever may add an integration can have this process read any file of the wanted name that
 * its user can read, on any mounted disk; only a file's parsed meaning and its problems reach the screen, but a host with several tenants, or with
 * administrators who are not trusted with the server, must name the roots.
 */
export const openFolderDoor = ({ allowedRoots }: { allowedRoots: readonly string[] }): FolderDoor => ({
  read: (folder, files) => readFolder({ allowedRoots }, folder, files),
});

/** Reads the wanted files of one folder. Refuses, with a sentence, whatever a person can put right; a file that is not there is undefined. */
export async function readFolder(bounds: FolderBounds, folder: string, files: readonly FileWanted[]): Promise<FolderContent> {
  if (files.length > filesMax) throw refusal(`At most ${filesMax} files are read from one folder, not ${files.length}.`);
  for (const { name } of files) checkName(name);
  const real = await realFolder(folder, bounds.allowedRoots ?? []);
  const content: FolderContent = {};
  let bytesLeft = folderBytesMax;
  for (const { name, bytesMax = fileBytesMaxDefault } of files) {
    const bytes = await readFile(real, name, Math.min(bytesMax, bytesLeft));
    bytesLeft -= bytes?.length ?? 0;
    content[name] = bytes && decode(name, bytes);
  }
  return content;
}

function checkName(name: string): void {
  if (!/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,254}$/.test(name) || name === "__proto__")
    throw refusal(`${JSON.stringify(name.slice(0, 80))} is no plain file name: only letters, digits, \`_\`, \`-\` and \`.\` are read.`);
}

async function realFolder(folder: string, allowedRoots: readonly string[]): Promise<string> {
  if (!isAbsolute(folder) || folder.includes("\0") || folder.length > pathLengthMax)
    throw refusal("Name the folder by its whole path on the server, such as /srv/dbt/shop/target.");
  // Checked by its text before the disk is touched, so that answers tell nothing of what exists outside the roots, and by its real path after.
  const outside = () => refusal(`The folder ${folder} is outside the folders that this server lets Daybook read.`);
  const realRoots = await Promise.all(allowedRoots.map(realRoot));
  if (!isAllowed(resolve(folder), [...allowedRoots.map((root) => resolve(root)), ...realRoots])) throw outside();
  const real = await realpath(folder).catch((error: unknown) => {
    throw folderRefusal(folder, error);
  });
  if (!isAllowed(real, realRoots)) throw outside();
  const found = await stat(real).catch((error: unknown) => {
    throw folderRefusal(folder, error);
  });
  if (!found.isDirectory()) throw refusal(`${folder} is a file. Name the folder that holds it.`);
  return real;
}

/** A root that does not exist allows nothing, since nothing is below it. */
const realRoot = (root: string): Promise<string> => realpath(root).catch(() => resolve(root));

const isAllowed = (path: string, roots: readonly string[]): boolean => roots.length === 0 || roots.some((root) => isInside(path, root));

const isInside = (path: string, root: string): boolean => path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);

async function readFile(folder: string, name: string, bytesMax: number): Promise<Buffer | undefined> {
  const path = await realpath(join(folder, name)).catch((error: unknown) => {
    if (codeOf(error) === "ENOENT") return undefined;
    throw fileRefusal(name, error);
  });
  if (path === undefined) return undefined;
  if (!isInside(path, folder)) throw refusal(`${name} is a link to a file outside its folder, which is not followed.`);
  // No link: one that was put there since the check above is not followed. No block: a pipe of that name must not hold the worker.
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const handle = await open(path, flags).catch((error: unknown) => {
    throw fileRefusal(name, error);
  });
  try {
    const found = await handle.stat();
    if (!found.isFile()) throw refusal(`${name} is not a file.`);
    if (found.size > bytesMax) throw tooLarge(name, bytesMax);
    return await readAll(name, handle, found.size, bytesMax);
  } finally {
    await handle.close();
  }
}

/** The size was asked for before: a file that is being written may grow, so what is read is counted as well. */
async function readAll(name: string, handle: Awaited<ReturnType<typeof open>>, size: number, bytesMax: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let total = 0;
  for (;;) {
    const chunk = Buffer.allocUnsafe(Math.max(1, Math.min(chunkBytes, size - total + 1)));
    const { bytesRead } = await handle.read(chunk, 0, chunk.length, null);
    if (bytesRead === 0) return Buffer.concat(chunks, total);
    total += bytesRead;
    if (total > bytesMax) throw tooLarge(name, bytesMax);
    chunks.push(chunk.subarray(0, bytesRead));
  }
}

function decode(name: string, bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw refusal(`${name} is not UTF-8 text.`);
  }
}

const refusal = (sentence: string): Refusal => new Refusal("invalid", sentence);

const tooLarge = (name: string, bytesMax: number): Refusal => refusal(`${name} is larger than ${sizeOf(bytesMax)}, the most that is read.`);

const sizeOf = (bytes: number): string => (bytes >= 1_048_576 ? `${Math.floor(bytes / 1_048_576)} MB` : `${bytes} bytes`);

function folderRefusal(folder: string, error: unknown): Error {
  switch (codeOf(error) ?? "") {
    case "ENOENT":
      return refusal(`The folder ${folder} does not exist on this server.`);
    case "ENOTDIR":
      return refusal(`${folder} leads through a file. Name a folder.`);
    case "EACCES":
    case "EPERM":
      return refusal(`Daybook may not read the folder ${folder}. Let the user that it runs as read it.`);
    case "ELOOP":
      return refusal(`The folder ${folder} is a link that leads to itself.`);
    case "ENAMETOOLONG":
      return refusal("The path of the folder is too long.");
    default:
      return asError(error);
  }
}

function fileRefusal(name: string, error: unknown): Error {
  switch (codeOf(error) ?? "") {
    case "EACCES":
    case "EPERM":
      return refusal(`Daybook may not read ${name}. Let the user that it runs as read it.`);
    case "ELOOP":
      return refusal(`${name} is a link that is not followed.`);
    case "ENOENT":
      return refusal(`${name} was replaced while it was read. Run the synchronisation again.`);
    case "ENXIO":
      return refusal(`${name} is not a file.`);
    default:
      return asError(error);
  }
}

const codeOf = (error: unknown): string | undefined => (error instanceof Error && "code" in error ? String(error.code) : undefined);

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error("reading a folder failed", { cause: error }));
