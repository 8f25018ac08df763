import { createEnv } from "@t3-oss/env-core";
import { z } from "zod";

const secretLengthMin = 32;
const setupTokenLengthMin = 16;

/** Settings of the API, read once; every bad one is named in one message. */
export const readEnv = (runtimeEnv: NodeJS.ProcessEnv) =>
  createEnv({
    server: {
      /** Of a login that owns nothing: see docs/operations.md. */
      DATABASE_URL: z.url(),
      /** Who owns the tables: with it the API migrates, and makes the login of DATABASE_URL. Without it somebody else has to. */
      DATABASE_OWNER_URL: z.url().optional(),
      PORT: z.coerce.number().int().min(1).max(65_535).default(4747),
      HOST: z.string().default("127.0.0.1"),
      /** Public origin. People reach the console there, and mails link to it. */
      DAYBOOK_URL: z.url().optional(),
      /** Signs the session cookies. */
      AUTH_SECRET: z.string().min(secretLengthMin),
      /** Who knows it may set Daybook up; without it the API makes one and prints the link. */
      DAYBOOK_SETUP_TOKEN: z.string().min(setupTokenLengthMin).optional(),
      /** Who knows it may set the plans of organizations over `/v1/operator`; without it there is no such door. */
      DAYBOOK_OPERATOR_TOKEN: z
        .string()
        .min(secretLengthMin)
        .regex(/^[\x21-\x7e]{1,256}$/, "must be 32 to 256 printable characters without spaces")
        .optional(),
      SMTP_URL: z.url().optional(),
      MAIL_FROM: z.string().default("Daybook <daybook@localhost>"),
      /** Folders that a source may read, parted by `:`; without it any folder that this process can read. */
      DAYBOOK_SOURCE_FOLDERS: z.string().optional(),
      /** Folder of the built console; without it the API serves no pages. */
      DAYBOOK_WEB_DIST: z.string().optional(),
      /** Folder of the vendor samples that demo data shows; without it those of the checkout. */
      DAYBOOK_FIXTURES: z.string().optional(),
      /** Folder of the migrations, where the sources are bundled. */
      DAYBOOK_MIGRATIONS: z.string().optional(),
      /** Addresses of proxies whose `X-Forwarded-For` is believed, parted by commas; none by default. */
      DAYBOOK_TRUSTED_PROXIES: z.string().optional(),
      /** Per token and instance. */
      DAYBOOK_REQUESTS_PER_MINUTE: z.coerce.number().int().min(1).default(600_000),
      /** Per address and instance. */
      DAYBOOK_SIGN_INS_PER_MINUTE: z.coerce.number().int().min(1).default(20),
      /** Where syslog comes in over TCP, and over TLS; without a port there is no such door. */
      DAYBOOK_SYSLOG_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
      DAYBOOK_SYSLOG_TLS_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
      /** Files in PEM, for TLS. */
      DAYBOOK_SYSLOG_TLS_CERT: z.string().optional(),
      DAYBOOK_SYSLOG_TLS_KEY: z.string().optional(),
      /** The token of messages that bring none of their own. */
      DAYBOOK_SYSLOG_TOKEN: z.string().optional(),
      /** Networks besides the public ones that servers named by an organization may lie in, such as its sign-in provider: CIDRs parted by commas. */
      DAYBOOK_ALLOWED_NETWORKS: z
        .string()
        .default("")
        .transform((text) => text.split(/[\s,]+/).filter(Boolean)),
      /** Lets such servers be asked without TLS; for trials on one machine. */
      DAYBOOK_ALLOW_PLAIN_HTTP: z.stringbool().default(false),
      LOG_LEVEL: z.enum(["debug", "info", "warn", "error"]).default("info"),
    },
    runtimeEnv,
    emptyStringAsUndefined: true,
  });

export type Env = ReturnType<typeof readEnv>;
