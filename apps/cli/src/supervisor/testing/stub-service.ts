import { createServer } from "node:http";
import { setTimeout as pause } from "node:timers/promises";

/** Stands in for the API in tests of the supervisor: answers on PORT, fails or lingers as its arguments say. */
const [mode = "serve"] = process.argv.slice(2);

if (mode === "fail") {
  console.error("stub: cannot start");
  process.exit(3);
}

process.on("SIGTERM", () => {
  if (mode === "deaf") return;
  console.log(JSON.stringify({ level: 30, msg: "stub: leaving" }));
  void pause(mode === "slow" ? 300 : 0).then(() => process.exit(0));
});

if (mode === "idle" || mode === "deaf") {
  setInterval(() => {}, 1000);
  console.log(`stub: ${mode} as ${process.pid}`);
} else {
  createServer((request, response) => {
    const body = request.url === "/trpc/setup.status" ? { result: { data: { needed: true } } } : { pid: process.pid, database: process.env["DATABASE_URL"] };
    response.setHeader("content-type", "application/json").end(JSON.stringify(body));
  }).listen(Number(process.env["PORT"]), process.env["HOST"], () => console.log(JSON.stringify({ level: 40, msg: "stub: listening" })));
}
