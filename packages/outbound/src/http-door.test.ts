import { createServer } from "node:http";
import type { Server as HttpServer, RequestListener } from "node:http";
import { createServer as createSocketServer } from "node:net";
import type { AddressInfo, Server } from "node:net";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { hostileNames, hostileUrls, metadataTexts } from "../test/hostile-urls.ts";
import { openHttpDoor } from "./http-door.ts";
import type { HttpDoorOptions } from "./http-door.ts";
import { OutboundFailure } from "./outbound-failure.ts";

/** Counts whoever knocks, on every address of this machine. */
let canary: Server;
let knocks = 0;
let port = 0;
const servers: HttpServer[] = [];

beforeAll(async () => {
  canary = createSocketServer((socket) => {
    knocks += 1;
    socket.end("HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\ninside");
    socket.on("error", () => undefined);
  });
  port = await listen(canary, "::");
});
afterAll(() => {
  for (const server of servers) server.closeAllConnections();
  for (const server of [canary, ...servers]) server.close();
});

const listen = (server: Server, host: string): Promise<number> =>
  new Promise((done) => server.listen(0, host, () => done((server.address() as AddressInfo).port)));

async function serve(answer: RequestListener, host = "127.0.0.2"): Promise<number> {
  const server = createServer(answer);
  servers.push(server);
  return listen(server, host);
}

const lookup = async (name: string) => hostileNames[name] ?? [];
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "answered",
    (error: unknown) => (error instanceof OutboundFailure ? error.code : `broke: ${String(error)}`),
  );
const local: HttpDoorOptions = { plainHttp: true, allowedNetworks: ["127.0.0.2/32"] };

describe("S4: nothing inside is reached", () => {
  test(`none of ${hostileUrls.length} hostile addresses makes a connection, not even where plain http and the port are open`, async () => {
    const door = openHttpDoor({ plainHttp: true, ports: [port], lookup });
    const outcomes = await Promise.all(hostileUrls.map((url) => codeOf(door.ask(url.replaceAll("PORT", String(port))))));
    expect(hostileUrls.length).toBeGreaterThanOrEqual(150);
    const surprising = outcomes.flatMap((code, at) => (/^(answered|broke|connection|tls|timed)/.test(code) ? [`${hostileUrls[at]}: ${code}`] : []));
    expect(surprising).toEqual([]);
    expect(knocks).toBe(0);
  });

  test("the canary does hear who is let in, or the test above would prove nothing", async () => {
    const before = knocks;
    const door = openHttpDoor({ plainHttp: true, allowedNetworks: ["127.0.0.0/8", "::1/128"] });
    expect(new TextDecoder().decode((await door.ask(`http://127.0.0.1:${port}/`)).body)).toBe("inside");
    expect((await door.ask(`http://[::1]:${port}/`)).status).toBe(200);
    expect(knocks).toBe(before + 2);
  });

  test.each(metadataTexts)("%s stays shut when every network is allowed", async (host) => {
    const door = openHttpDoor({ plainHttp: true, ports: [port], allowedNetworks: ["0.0.0.0/0", "::/0"], bounds: { connectMs: 200 } });
    expect(await codeOf(door.ask(`http://${host}:${port}/`))).toBe("address_not_allowed");
  });

  test("a name that leads elsewhere at its second look-up is looked up once, and connected where it was first", async () => {
    const open = await serve((_request, response) => response.end("first"));
    const before = knocks;
    const answers = [[{ address: "127.0.0.2", family: 4 }], [{ address: "127.0.0.1", family: 4 }]];
    const rebinding = vi.fn(async () => answers.shift() ?? []);
    const door = openHttpDoor({ ...local, lookup: rebinding });
    expect(new TextDecoder().decode((await door.ask(`http://rebinding.example:${open}/`)).body)).toBe("first");
    expect(rebinding).toHaveBeenCalledTimes(1);
    expect(await codeOf(door.ask(`http://rebinding.example:${port}/`))).toBe("address_not_allowed");
    expect(knocks).toBe(before);
  });

  test.each([301, 302, 303, 307, 308])("a redirect (%i) is an answer, and is not followed", async (status) => {
    const open = await serve((_request, response) => response.writeHead(status, { location: `http://127.0.0.1:${port}/` }).end());
    const before = knocks;
    const answer = await openHttpDoor(local).ask(`http://127.0.0.2:${open}/`);
    expect(answer).toMatchObject({ status, headers: { location: `http://127.0.0.1:${port}/` } });
    expect(knocks).toBe(before);
  });

  test("no proxy of the environment comes between", async () => {
    const open = await serve((_request, response) => response.end("direct"));
    const before = knocks;
    for (const name of ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY"]) vi.stubEnv(name, `http://127.0.0.1:${port}`);
    expect((await openHttpDoor(local).ask(`http://127.0.0.2:${open}/`)).status).toBe(200);
    vi.unstubAllEnvs();
    expect(knocks).toBe(before);
  });
});

describe("what a destination may be", () => {
  test.each<[string, string, HttpDoorOptions]>([
    ["http://public.example/", "scheme_not_allowed", {}],
    ["http://public.example:22/", "port_not_allowed", { plainHttp: true }],
    ["https://public.example:6379/", "port_not_allowed", {}],
    ["https://u:p@public.example/", "url_with_credentials", {}],
    ["https://missing.example/", "name_not_found", {}],
    ["https://192.168.1.1/", "address_not_allowed", {}],
    ["https://192.168.1.1/", "address_not_allowed", { allowedNetworks: ["10.0.0.0/8"] }],
  ])("%s is refused as %s", async (url, code, options) => {
    const door = openHttpDoor({ ...options, lookup: async (name) => (name === "public.example" ? [{ address: "93.184.215.14", family: 4 }] : []) });
    expect(await codeOf(door.ask(url))).toBe(code);
  });

  test("a network that is none ends the process at its start", () => {
    for (const broken of ["10.0.0.0", "10.0.0.0/33", "everything"]) expect(() => openHttpDoor({ allowedNetworks: [broken] })).toThrow(/not a network/);
  });
});

describe("bounds", () => {
  test("an answer larger than asked for is cut off, said or not", async () => {
    const open = await serve((request, response) => {
      if (request.url === "/said") response.setHeader("content-length", 70_000);
      response.end("x".repeat(70_000));
    });
    const door = openHttpDoor(local);
    for (const path of ["said", "unsaid"]) expect(await codeOf(door.ask(`http://127.0.0.2:${open}/${path}`))).toBe("answer_too_large");
    expect((await door.ask(`http://127.0.0.2:${open}/`, { bytesMax: 80_000 })).body.length).toBe(70_000);
  });

  test("a server that drips never holds anybody longer than the whole request may take", async () => {
    const open = await serve((_request, response) => {
      response.write("x");
      const timer = setInterval(() => response.write("x"), 20);
      response.on("close", () => clearInterval(timer));
    });
    expect(await codeOf(openHttpDoor({ ...local, bounds: { totalMs: 200 } }).ask(`http://127.0.0.2:${open}/`))).toBe("timed_out");
  });

  test("a resolver that never answers is not waited for either", async () => {
    const door = openHttpDoor({ lookup: () => new Promise(() => undefined), bounds: { totalMs: 100 } });
    expect(await codeOf(door.ask("https://slow.example/"))).toBe("timed_out");
  });

  test("what is sent arrives, once, without a second connection", async () => {
    const seen: string[] = [];
    const open = await serve((request, response) => {
      let body = "";
      request.on("data", (chunk: Buffer) => (body += chunk.toString()));
      request.on("end", () => {
        seen.push(`${request.method} ${request.url} ${request.headers.host} ${request.headers["content-type"]} ${body}`);
        response.end("taken");
      });
    });
    await openHttpDoor(local).ask(`http://127.0.0.2:${open}/token`, { method: "POST", headers: { "content-type": "text/plain" }, body: "grant" });
    expect(seen).toEqual([`POST /token 127.0.0.2:${open} text/plain grant`]);
  });

  test("a failure names a code, and nothing of the other side", async () => {
    const open = await serve((request) => request.socket.end("SSH-2.0-OpenSSH secret banner\r\n"));
    const error = await openHttpDoor(local)
      .ask(`http://127.0.0.2:${open}/`)
      .catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(OutboundFailure);
    expect(JSON.stringify({ ...(error as object), text: String(error) })).not.toMatch(/SSH|127\.0/);
    expect(await codeOf(openHttpDoor(local).ask("http://127.0.0.2:1/"))).toBe("connection_failed");
    expect(await codeOf(openHttpDoor(local).ask(`https://127.0.0.2:${open}/`))).toMatch(/tls_failed|connection_failed/);
  });
});
