import { connect, createServer } from "node:net";
import type { AddressInfo, Socket } from "node:net";

export interface RewritingProxy {
  /** The database's address, through the proxy. */
  url: string;
  close: () => Promise<void>;
}

const parse = 0x50;
const simpleQuery = 0x51;
const lengthBytes = 4;

/**
 * Stands between a client and PostgreSQL and changes the text of its statements on the way, so that a test can take a condition out of the real code
 * without a switch in it. Speaks as much of the protocol as that needs, and no TLS.
 */
export async function rewritingProxy(databaseUrl: string, rewrite: (statement: string) => string): Promise<RewritingProxy> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      // Small messages one by one: with the kernel's delay each statement would take 40 ms.
      socket.setNoDelay(true);
      socket.on("error", () => undefined);
      socket.on("close", () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    upstream.pipe(client);
    const messages = splitMessages();
    client.on("data", (chunk: Buffer) => {
      for (const message of messages(chunk)) upstream.write(changed(message, rewrite));
    });
  }).listen(0, "127.0.0.1");
  await new Promise<void>((resolve) => server.once("listening", resolve));
  const url = new URL(databaseUrl);
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** The first message of a connection has no letter before its length. */
function splitMessages(): (chunk: Buffer) => Buffer[] {
  let rest = Buffer.alloc(0);
  let letter = 0;
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    const whole: Buffer[] = [];
    while (rest.length >= letter + lengthBytes) {
      const end = letter + rest.readInt32BE(letter);
      if (rest.length < end) break;
      whole.push(rest.subarray(0, end));
      rest = rest.subarray(end);
      letter = 1;
    }
    return whole;
  };
}

function changed(message: Buffer, rewrite: (statement: string) => string): Buffer {
  const type = message[0];
  if (type !== parse && type !== simpleQuery) return message;
  const begins = 1 + lengthBytes;
  const from = type === parse ? message.indexOf(0, begins) + 1 : begins;
  const to = message.indexOf(0, from);
  const body = Buffer.concat([message.subarray(begins, from), Buffer.from(rewrite(message.toString("utf8", from, to))), message.subarray(to)]);
  const head = Buffer.alloc(begins);
  head.writeUInt8(type);
  head.writeInt32BE(lengthBytes + body.length, 1);
  return Buffer.concat([head, body]);
}
