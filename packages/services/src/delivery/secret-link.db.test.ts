import { afterAll, beforeAll, expect, test } from "vitest";
import { look, testMember } from "../../test/test-platform.ts";
import { openWorld } from "../../test/world.ts";
import type { World } from "../../test/world.ts";
import type { Context } from "../context.ts";
import { read } from "../verb.ts";
import { deliverMail } from "./deliver-mail.ts";
import { getMail, listMails } from "./mailbox.ts";
import { queueMail } from "./queue-mail.ts";
import { secretLinkPlace } from "./secret-link.ts";

let world: World;
let owner: Context;
let admin: Context;
beforeAll(async () => {
  world = await openWorld("2026-11-21T12:00:00Z");
  owner = await world.found("Secrets");
  admin = await testMember(world.platform, owner, "admin");
});
afterAll(() => world.close());

const link = "https://daybook.acme.example/reset-password/s3cr3t";

async function queue(to: string[], secretLink = link, text?: string): Promise<string> {
  const place = secretLinkPlace(world.platform);
  const mail = { subject: "A link", html: `<a href="${place}">Open</a> ${place}`, text: text ?? `Open ${place}` };
  const about = { action: null, resource: { type: "user", id: "u1" }, related: [], metadata: {} };
  const { organizationId } = owner.viewer;
  const { mailId } = await world.store.transaction(organizationId, (tx) =>
    queueMail(tx, organizationId, world.platform, { kind: "account", mail, to, about, secretLink }),
  );
  return mailId;
}

test("a stored mail shows its secret link to its recipient, and to nobody else, owners included", async () => {
  const id = await queue([admin.viewer.actor.email ?? ""]);
  await deliverMail(world.platform);
  const own = await read(world.platform, admin, getMail, { id });
  expect(own.text).toBe(`Open ${link}`);
  expect(own.html).toContain(`href="${link}"`);
  const others = await read(world.platform, owner, getMail, { id });
  expect(others.text).toBe("Open (only the recipient sees this link)");
  expect(others.html).toContain('href="#"');
  expect(JSON.stringify([others, await read(world.platform, owner, listMails, undefined)])).not.toContain("s3cr3t");
});

test("its delivery writes no event of its own: the act that it tells of is recorded already", async () => {
  const before = await world.store.lastSeq(owner.viewer.organizationId);
  await queue(["x@example.com"]);
  await deliverMail(world.platform);
  expect(await world.store.lastSeq(owner.viewer.organizationId)).toBe(before);
});

test("a mail server gets the link in its place, and then the table has forgotten it", async () => {
  const sent: { text: string; html: string }[] = [];
  const send = async (message: { text: string; html: string }) => {
    sent.push(message);
    return { outcome: "accepted" as const, detail: "ok", perRecipient: [] };
  };
  const id = await queue(["y@example.com"]);
  await deliverMail({ ...world.platform, mail: { transport: "smtp", from: "x", send } as unknown as World["platform"]["mail"] });
  expect(sent.map(({ text }) => text)).toEqual([`Open ${link}`]);
  expect(await look(world.platform, `select secret_link from mails where id = '${id}'`)).toEqual([{ secret_link: null }]);
});

test("a secret link for two people, or without a place in the text, is a mistake of ours", async () => {
  await expect(queue(["a@example.com", "b@example.com"])).rejects.toThrow("one recipient");
  await expect(queue(["a@example.com"], link, "no place")).rejects.toThrow("a place in the mail");
});
