import { writeSync } from "node:fs";
import { createDaybook } from "../src/index.ts";
import { token } from "./fake-daybook.ts";

/** A program that logs as fast as it can, prints the number of each event that it was promised, and dies by somebody else's hand. */
const [url = "", spoolFolder = "", first = "0"] = process.argv.slice(2);
const eventsOfTurn = 7;
const daybook = createDaybook({ url, token, spoolFolder, flushAfterMs: 5, timeoutMs: 200, batchEventsMax: 25, queueEventsMax: 100, onProblem: () => {} });
let next = Number(first);

function turn(): void {
  for (let count = 0; count < eventsOfTurn; count++) {
    const n = next++;
    void daybook.log({ action: "thing_done", metadata: { n } }).spooled.then((durable) => durable && writeSync(1, `${n}\n`));
  }
  setTimeout(turn, 2);
}
turn();
