import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import PostalMime, { type Email } from "postal-mime";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { afterEach, describe, expect, test } from "vitest";
import { type MailBounds, type MailDoor, type MailMessage, openMailDoor } from "./mail.ts";

const message: MailMessage = {
  messageId: "<0198d3f2-7a10@daybook.example>",
  to: ["alice@acme.example", "bob@acme.example"],
  subject: "3 permission changes — Acme weekly",
  html: "<p>Three</p>",
  text: "Three",
};

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

interface Inbox {
  url: string;
  mails: { raw: string; mail: Email; recipients: string[] }[];
}

/** A real SMTP server on loopback that keeps what it took. */
async function inbox(options: SMTPServerOptions = {}): Promise<Inbox> {
  const mails: Inbox["mails"] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    disableReverseLookup: true,
    logger: false,
    closeTimeout: 10,
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const raw = Buffer.concat(chunks).toString("utf8");
        void PostalMime.parse(raw).then((mail) => {
          mails.push({ raw, mail, recipients: session.envelope.rcptTo.map(({ address }) => address) });
          callback(null);
        });
      });
    },
    ...options,
  });
  server.on("error", () => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => new Promise((resolve) => server.close(resolve)));
  return { url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`, mails };
}

/** A server that speaks only as the test says. */
async function rawServer(onConnection: (socket: Socket) => void): Promise<{ url: string; sockets: Set<Socket> }> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
    onConnection(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`, sockets };
}

const door = (smtpUrl: string, bounds: Partial<MailBounds> = {}): MailDoor => openMailDoor({ smtpUrl, from: "Daybook <daybook@acme.example>", bounds });

const answer = (responseCode: number, text: string): Error => Object.assign(new Error(text), { responseCode });
const rejecting = (verdicts: Record<string, Error>): SMTPServerOptions => ({
  onRcptTo: ({ address }, _session, callback) => callback(verdicts[address] ?? null),
});

describe("a mail that the server takes", () => {
  test("arrives once with both parts, its own Message-ID, and is accepted for each recipient", async () => {
    const server = await inbox();
    const receipt = await door(server.url).send(message);
    expect(receipt.outcome).toBe("accepted");
    expect(receipt.perRecipient.map(({ address, outcome }) => [address, outcome])).toEqual([
      ["alice@acme.example", "accepted"],
      ["bob@acme.example", "accepted"],
    ]);
    expect(server.mails).toHaveLength(1);
    const [{ mail, recipients } = fail()] = server.mails;
    expect(recipients).toEqual(message.to);
    expect(mail.messageId).toBe(message.messageId);
    expect(mail.subject).toBe(message.subject);
    expect(mail.from).toMatchObject({ name: "Daybook", address: "daybook@acme.example" });
    expect(mail.html?.trim()).toBe(message.html);
    expect(mail.text?.trim()).toBe(message.text);
  });

  test("carries the same Message-ID when it is sent again, so that a receiver can drop the repeat", async () => {
    const server = await inbox();
    await door(server.url).send(message);
    await door(server.url).send(message);
    expect(new Set(server.mails.map(({ mail }) => mail.messageId))).toEqual(new Set([message.messageId]));
  });

  test("passes the unsubscribe headers on and says that no person wrote it", async () => {
    const server = await inbox();
    await door(server.url).send({
      ...message,
      headers: { "List-Unsubscribe": "<https://daybook.example/u/abc>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" },
    });
    expect(headerOf(server, "list-unsubscribe")).toBe("<https://daybook.example/u/abc>");
    expect(headerOf(server, "list-unsubscribe-post")).toBe("List-Unsubscribe=One-Click");
    expect(headerOf(server, "auto-submitted")).toBe("auto-generated");
  });

  test("keeps names and text beyond ASCII", async () => {
    const server = await inbox();
    await door(server.url).send({
      ...message,
      from: { name: "Journal “Œuvre”, Zoë", address: "daybook@acme.example" },
      to: [{ name: "李小龍 <ceo>", address: "li@acme.example" }, "Žofie Nováková <zofie@acme.example>"],
      subject: "49 échecs — Société Générale 🦊",
      text: "naïve façade 🦊",
    });
    const [{ mail } = fail()] = server.mails;
    expect(mail.from).toMatchObject({ name: "Journal “Œuvre”, Zoë" });
    expect(mail.to).toMatchObject([
      { name: "李小龍 <ceo>", address: "li@acme.example" },
      { name: "Žofie Nováková", address: "zofie@acme.example" },
    ]);
    expect(mail.subject).toBe("49 échecs — Société Générale 🦊");
    expect(mail.text?.trim()).toBe("naïve façade 🦊");
  });

  test("goes to a recipient who is named twice once", async () => {
    const server = await inbox();
    await door(server.url).send({ ...message, to: ["alice@acme.example", "Alice <alice@acme.example>"] });
    expect(server.mails[0]?.recipients).toEqual(["alice@acme.example"]);
  });
});

describe("a server that says no", () => {
  test("to one recipient: accepted, and the receipt names who was refused and why", async () => {
    const server = await inbox(rejecting({ "bob@acme.example": answer(550, "No such user here") }));
    const receipt = await door(server.url).send(message);
    expect(receipt.outcome).toBe("accepted");
    expect(receipt.perRecipient).toMatchObject([
      { address: "alice@acme.example", outcome: "accepted" },
      { address: "bob@acme.example", outcome: "refused" },
    ]);
    expect(receipt.perRecipient[1]?.detail).toContain("No such user here");
    expect(server.mails[0]?.recipients).toEqual(["alice@acme.example"]);
  });

  test("to all: refused", async () => {
    const gone = answer(550, "No such user here");
    const server = await inbox(rejecting({ "alice@acme.example": gone, "bob@acme.example": gone }));
    const receipt = await door(server.url).send(message);
    expect(receipt.outcome).toBe("refused");
    expect(receipt.perRecipient.map(({ outcome }) => outcome)).toEqual(["refused", "refused"]);
    expect(server.mails).toEqual([]);
  });

  test("not now (451, greylisting) to all: retry", async () => {
    const later = answer(451, "Greylisted, come back in five minutes");
    const server = await inbox(rejecting({ "alice@acme.example": later, "bob@acme.example": later }));
    const receipt = await door(server.url).send(message);
    expect(receipt.outcome).toBe("retry");
    expect(receipt.detail).toContain("Greylisted");
    expect(receipt.perRecipient.map(({ outcome }) => outcome)).toEqual(["retry", "retry"]);
  });

  test("for good to one and not now to the other: retry, and only for the other", async () => {
    const server = await inbox(rejecting({ "alice@acme.example": answer(451, "Later"), "bob@acme.example": answer(550, "Never") }));
    const receipt = await door(server.url).send(message);
    expect(receipt.outcome).toBe("retry");
    expect(receipt.perRecipient.map(({ address, outcome }) => [address, outcome])).toEqual([
      ["alice@acme.example", "retry"],
      ["bob@acme.example", "refused"],
    ]);
  });

  test.each<[number, "retry" | "refused"]>([
    [452, "retry"],
    [554, "refused"],
  ])("%i to the content: %s", async (code, outcome) => {
    const server = await inbox({ onData: (stream, _session, callback) => void stream.resume().on("end", () => callback(answer(code, "Content judged"))) });
    const receipt = await door(server.url).send(message);
    expect(receipt).toMatchObject({ outcome, perRecipient: [{ outcome }, { outcome }] });
    expect(receipt.detail).toContain("Content judged");
  });

  test.each<[number, "retry" | "refused"]>([
    [421, "retry"],
    [550, "refused"],
  ])("%i to the sender: %s", async (code, outcome) => {
    const server = await inbox({ onMailFrom: (_address, _session, callback) => callback(answer(code, "Sender judged")) });
    expect((await door(server.url).send(message)).outcome).toBe(outcome);
  });
});

describe("a server that is not there, hangs or breaks off: retry, in bounded time", () => {
  test("nobody listens", async () => {
    const { url } = await inbox();
    await closers.pop()?.();
    expect(await door(url).send(message)).toMatchObject({ outcome: "retry", perRecipient: [{ outcome: "retry" }, { outcome: "retry" }] });
  });

  test("no greeting", async () => {
    const { url } = await rawServer(() => {});
    const receipt = await door(url, { greetingMs: 50 }).send(message);
    expect(receipt).toMatchObject({ outcome: "retry" });
    expect(receipt.detail).toMatch(/greeting/i);
  });

  test("silence after the greeting", async () => {
    const { url } = await rawServer((socket) => socket.write("220 mail.example\r\n"));
    expect((await door(url, { socketMs: 50 }).send(message)).outcome).toBe("retry");
  });

  test("a reply that never ends, a line at a time: never silent, still bounded, and the socket is let go", async () => {
    const { url, sockets } = await rawServer((socket) => {
      socket.write("220 mail.example\r\n");
      socket.once("data", () => {
        const drip = setInterval(() => socket.write("250-mail.example\r\n"), 10);
        socket.on("close", () => clearInterval(drip));
      });
    });
    const receipt = await door(url, { sendMs: 150, socketMs: 100 }).send(message);
    expect(receipt).toMatchObject({ outcome: "retry" });
    expect(receipt.detail).toContain("150 ms");
    await expect.poll(() => sockets.size, { timeout: 5_000 }).toBe(0);
  });

  test("breaks off in the middle of the mail", async () => {
    const { url } = await rawServer((socket) => {
      socket.write("220 mail.example\r\n");
      socket.on("data", (chunk: Buffer) => {
        if (chunk.toString().startsWith("DATA")) socket.destroy();
        else socket.write("250 ok\r\n");
      });
    });
    expect((await door(url).send(message)).outcome).toBe("retry");
  });

  test("speaks no SMTP", async () => {
    const { url } = await rawServer((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
    expect((await door(url).send(message)).outcome).toBe("retry");
  });

  test("the caller gives up", async () => {
    const { url } = await rawServer(() => {});
    const caller = new AbortController();
    const receipt = door(url).send(message, caller.signal);
    caller.abort();
    expect((await receipt).outcome).toBe("retry");
  });
});

describe("nothing that a person wrote becomes a header or a recipient", () => {
  test.each([
    "Hello\r\nBcc: spy@evil.example",
    "Hello\nBcc: spy@evil.example",
    "Hello\rBcc: spy@evil.example",
    "Hello\u2028Bcc: spy@evil.example",
    "Hello\u0000\u0085Bcc: spy@evil.example",
  ])("in the subject %j", async (subject) => {
    const server = await inbox();
    await door(server.url).send({ ...message, subject });
    expect(server.mails[0]?.mail.subject).toBe("Hello Bcc: spy@evil.example");
    expectNobodyElse(server);
  });

  test("in a name, or in the value of a header", async () => {
    const server = await inbox();
    await door(server.url).send({
      ...message,
      from: { name: "Acme\r\nBcc: spy@evil.example", address: "daybook@acme.example" },
      to: [{ name: 'Al"ice\r\nBcc: spy@evil.example', address: "alice@acme.example" }],
      headers: { "List-Unsubscribe": "<https://a.example/>\r\nBcc: spy@evil.example" },
    });
    expectNobodyElse(server);
    expect(headerOf(server, "list-unsubscribe")).toBe("<https://a.example/> Bcc: spy@evil.example");
  });

  test.each([
    "alice@acme.example, spy@evil.example",
    "alice@acme.example\r\nRCPT TO:<spy@evil.example>",
    "<alice@acme.example> <spy@evil.example>",
    "alice@acme.example> SIZE=1",
    "Alice <alice@acme.example>, <spy@evil.example>",
    "alice@acme.example, <spy@evil.example>",
    "alice@acme.example <spy@evil.example>",
    "not an address",
    "",
    "@acme.example",
    `${"a".repeat(65)}@acme.example`,
  ])("an address such as %j is refused, and the others still get the mail", async (bad) => {
    const server = await inbox();
    const receipt = await door(server.url).send({ ...message, to: [bad, "bob@acme.example"] });
    expect(receipt.outcome).toBe("accepted");
    expect(receipt.perRecipient).toMatchObject([
      { address: "bob@acme.example", outcome: "accepted" },
      { outcome: "refused", detail: "Not a mail address" },
    ]);
    expect(server.mails[0]?.recipients).toEqual(["bob@acme.example"]);
  });

  test("a mail with no valid recipient is refused without asking the server", async () => {
    const receipt = await door("smtp://127.0.0.1:1").send({ ...message, to: ["nobody"] });
    expect(receipt).toMatchObject({ outcome: "refused", perRecipient: [{ address: "nobody", outcome: "refused" }] });
  });

  test.each(["Bcc", "to", "X-A\r\nBcc", "X A", "Content-Type"])("a header named %j is our own mistake and throws", async (name) => {
    await expect(door("smtp://127.0.0.1:1").send({ ...message, headers: { [name]: "x" } })).rejects.toThrow("not a header");
  });

  test("a body that names files and addresses makes the mailer read neither", async () => {
    const server = await inbox();
    await door(server.url).send({ ...message, html: '<img src="file:///etc/passwd"><img src="data:text/plain;base64,AAAA">', text: "file:///etc/passwd" });
    expect(server.mails[0]?.mail.attachments).toEqual([]);
  });
});

describe("the password", () => {
  const secret = "p@ss:w/örd";
  const signIn = (server: Inbox): string => server.url.replace("smtp://", `smtp://bot:${encodeURIComponent(secret)}@`);

  test("signs in, and stands in no answer even when the server repeats what it was sent", async () => {
    const seen: string[] = [];
    const forms = [secret, Buffer.from(secret).toString("base64"), Buffer.from(`\0bot\0${secret}`).toString("base64"), encodeURIComponent(secret)];
    const server = await inbox({
      authOptional: false,
      allowInsecureAuth: true,
      authMethods: ["PLAIN"],
      onAuth({ username, password }, _session, callback) {
        seen.push(`${username}:${password}`);
        callback(Object.assign(new Error(`535 wrong: ${forms.join(" ")}`), { responseCode: 535 }));
      },
    });
    const receipt = await door(signIn(server)).send(message);
    expect(seen).toEqual([`bot:${secret}`]);
    expect(receipt.outcome).toBe("retry");
    expect(receipt.detail).toContain("refused our sign-in");
    expect(receipt.detail).toContain("[REDACTED]");
    for (const form of forms) expect(JSON.stringify(receipt)).not.toContain(form);
  });

  test("sends when it is right", async () => {
    const server = await inbox({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: ({ username }, _session, callback) => callback(null, { user: username }),
    });
    expect((await door(signIn(server)).send(message)).outcome).toBe("accepted");
  });

  test("stays here when TLS is required and the server has none", async () => {
    const seen: string[] = [];
    const server = await inbox({
      allowInsecureAuth: true,
      onAuth: ({ username }, _session, callback) => (seen.push(username ?? ""), callback(null, { user: username })),
    });
    expect((await door(`${signIn(server)}?tls=required`).send(message)).outcome).not.toBe("accepted");
    expect(seen).toEqual([]);
    expect(server.mails).toEqual([]);
  });
});

describe("TLS with a certificate that nobody vouches for", () => {
  const withTls: SMTPServerOptions = { disabledCommands: [] };

  test("is taken for what clear text would do, and refused where TLS is required", async () => {
    const server = await inbox(withTls);
    expect((await door(server.url).send(message)).outcome).toBe("accepted");
    expect((await door(`${server.url}?tls=required`).send(message)).outcome).toBe("retry");
    expect((await door(`${server.url}?tls=off`).send(message)).outcome).toBe("accepted");
    expect(server.mails).toHaveLength(2);
  });
});

describe("a door without a server", () => {
  test.each([undefined, ""])("(%j) says mailbox, and refuses to send", async (smtpUrl) => {
    const mailbox = openMailDoor({ smtpUrl, from: "daybook@acme.example" });
    expect(mailbox.transport).toBe("mailbox");
    await expect(mailbox.send(message)).rejects.toThrow("mailbox");
  });

  test("is not opened with a sender that is no address", () => {
    expect(() => openMailDoor({ from: "Daybook" })).toThrow("MAIL_FROM");
  });
});

test("our own mistakes throw: a Message-ID that is none, and more recipients than the bound", async () => {
  await expect(door("smtp://127.0.0.1:1").send({ ...message, messageId: "id\r\nBcc: a@b.c" })).rejects.toThrow("Message-ID");
  await expect(door("smtp://127.0.0.1:1", { recipientsMax: 1 }).send(message)).rejects.toThrow("1 recipients at most");
});

const headerOf = (server: Inbox, name: string): string | undefined => server.mails[0]?.mail.headers.find(({ key }) => key === name)?.value;

function expectNobodyElse(server: Inbox): void {
  const [{ raw, mail, recipients } = fail()] = server.mails;
  expect(recipients).not.toContain("spy@evil.example");
  expect(mail.bcc ?? []).toEqual([]);
  expect(raw).not.toMatch(/^bcc:/im);
}

function fail(): never {
  throw new Error("no mail arrived");
}
