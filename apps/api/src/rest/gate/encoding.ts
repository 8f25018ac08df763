import type { IncomingHttpHeaders } from "node:http";
import { Refusal } from "@daybook/event";

export function encodingOf(headers: IncomingHttpHeaders): "identity" | "gzip" {
  const encoding = headers["content-encoding"]?.trim().toLowerCase() ?? "identity";
  if (encoding === "identity" || encoding === "gzip") return encoding;
  throw new Refusal("unsupported_media_type", "The content encoding must be `gzip` or none at all.");
}

/** A refusal where the sender's gzip is at fault, else the error itself. */
export function gzipFault(error: unknown): unknown {
  const fault = gzipFaults.get((error as NodeJS.ErrnoException).code);
  return fault === undefined ? error : new Refusal("malformed_json", fault);
}

const gzipFaults = new Map<string | undefined, string>([
  ["Z_BUF_ERROR", "The gzip body ends before it is complete."],
  ["Z_DATA_ERROR", "The body is not valid gzip."],
  ["ERR_TRAILING_JUNK_AFTER_STREAM_END", "There are bytes after the end of the gzip body."],
]);
