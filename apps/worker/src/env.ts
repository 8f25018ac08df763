import { createEnv } from "@t3-oss/env-core";
import { z } from "zod";

/** Settings of the worker, read once. */
export const readEnv = (runtimeEnv: NodeJS.ProcessEnv) =>
  createEnv({
    server: {
      DATABASE_URL: z.url(),
      /** Origin alone: links in mails are built on it. */
      DAYBOOK_URL: z
        .url()
        .refine((url) => new URL(url).pathname === "/", "must be an origin without a path, such as https://daybook.example.com")
        .default("http://localhost:4747"),
      SMTP_URL: z.url().optional(),
      MAIL_FROM: z.string().default("Daybook <daybook@localhost>"),
      /** Folders that a source may read, parted by `:`; without it any folder that this process can read. */
      DAYBOOK_SOURCE_FOLDERS: z.string().optional(),
      LOG_LEVEL: z.enum(["debug", "info", "warn", "error"]).default("info"),
    },
    runtimeEnv,
    emptyStringAsUndefined: true,
  });

export type Env = ReturnType<typeof readEnv>;
