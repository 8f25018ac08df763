import { openStore } from "@daybook/store";
import type { Store } from "@daybook/store";
import { runSyncs } from "../src/syncing/run-syncs.ts";
import { dbtFolder, platformOn } from "./platform-on.ts";

/**
 * A worker in a process of its own that carries out the runs that are due and kills itself with SIGKILL at the given step: `node sync-child.ts
 * <database> <step> <clock offset in ms> <fixture>`. Steps are counted from 1; past the last it ends by itself and prints how many there were.
 */
const [url = "", dieAt = "0", offset = "0", fixture = "success"] = process.argv.slice(2);
let step = 0;

function passStep(): void {
  step += 1;
  if (step === Number(dieAt)) process.kill(process.pid, "SIGKILL");
}

/** Before, at the end of, and after each transaction: that is inside and outside of every commit. */
function steppedStore(store: Store): Store {
  return {
    ...store,
    async transaction(work) {
      passStep();
      const result = await store.transaction(async (tx) => {
        const done = await work(tx);
        passStep();
        return done;
      });
      passStep();
      return result;
    },
  };
}

const store = openStore({ url, applicationName: "sync-child", max: 2 });
const folder = dbtFolder(fixture);
const platform = platformOn(steppedStore(store), {
  now: () => new Date(Date.now() + Number(offset)),
  folder: {
    async read(...wanted) {
      passStep();
      const files = await folder.read(...wanted);
      passStep();
      return files;
    },
  },
});
await runSyncs(platform);
process.stdout.write(JSON.stringify({ steps: step }));
await store.close();
