import { createDaybook } from "../src/index.ts";
import { token } from "./fake-daybook.ts";

/** A program that logs three events and ends in the way that it is told. */
const [url = "", how = "", spoolFolder] = process.argv.slice(2);
const spool = spoolFolder === undefined ? {} : { spoolFolder };
const daybook = createDaybook({
  url,
  token,
  flushAfterMs: 60_000,
  flushOnExit: how !== "unflushed",
  flushOnSignals: /signal|listener/.test(how),
  onProblem: () => {},
  ...spool,
});
for (let n = 0; n < 3; n++) void daybook.log({ action: "thing_done", metadata: { n } });

const longMs = 60_000;
switch (how) {
  case "close":
    console.log(JSON.stringify(await daybook.close()));
    break;
  case "exit":
    process.exit(0);
    break;
  case "own-listener":
    process.on("SIGTERM", () => setTimeout(() => process.exit(7), 300));
    setTimeout(() => {}, longMs);
    process.kill(process.pid, "SIGTERM");
    break;
  case "once-listener":
    process.once("SIGTERM", () => setTimeout(() => process.exit(7), 300));
    setTimeout(() => {}, longMs);
    process.kill(process.pid, "SIGTERM");
    break;
  case "signal-of-two":
    createDaybook({ url, token, flushOnSignals: true });
    setTimeout(() => {}, longMs);
    process.kill(process.pid, "SIGTERM");
    break;
  case "signal":
    setTimeout(() => {}, longMs);
    process.kill(process.pid, "SIGTERM");
    break;
}
