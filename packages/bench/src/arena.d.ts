import type { Platform } from "@daybook/services";
export interface Arena {
  url: string;
  origin: string;
  /** The API's process. */
  apiPid: number;
  /** A new organization with a token that may write and read. */
  organization(): Promise<{
    id: string;
    token: string;
  }>;
  platform: Platform;
  close(): Promise<void>;
}
/** A real server on a real disk with fsync on, and the API as a process of its own, as in production. */
export declare function openArena(say: (line: string) => void): Promise<Arena>;
