import type { Receipt } from "@daybook/outbound";
import { openStore } from "@daybook/store";
import { afterAll, beforeEach, expect, test } from "vitest";
import { deedsIn, down, fakeSmtp, monday, openAlertingWorld, refused, roleChange, work } from "../../test/alerting.ts";
import type { AlertingWorld } from "../../test/alerting.ts";
import { dyingAt, isInjected } from "../../test/dying-at.ts";
import { testMember } from "../../test/test-platform.ts";
import { deliverMail, getMail, listMails, perform, read, updateRule } from "../index.ts";
import type { Context } from "../index.ts";

let world: AlertingWorld | undefined;
const worlds: AlertingWorld[] = [];
const here = (): AlertingWorld => world ?? expect.fail("a world was opened");

beforeEach(async () => {
  world = await openAlertingWorld();
  worlds.push(world);
});
afterAll(() => Promise.all(worlds.map((each) => each.close())));

/** Time passes in steps, and the worker runs after each. */
async function pass(minutes: number, through: { mail: ReturnType<typeof fakeSmtp> }): Promise<void> {
  const { platform, clock } = here();
  await clock.set(new Date(platform.now().getTime() + minutes * 60_000).toISOString());
  await work({ ...platform, ...through });
}

async function alerted(recipients?: string[]): Promise<Context> {
  const acme = await here().acme();
  if (recipients) {
    const { id } = await here().ask<{ id: string }>(`select id from alert_rules where organization_id = '${acme.viewer.organizationId}'`);
    await perform(here().platform, acme, updateRule, { ruleId: id, recipients });
  }
  await here().arrive(acme, roleChange);
  return acme;
}

test("a mail goes out through the mail server and its event says how", async () => {
  const mail = fakeSmtp();
  const acme = await alerted(["sec@acme.example", "ops@acme.example"]);
  await work({ ...here().platform, mail });
  const { mails, sent } = await deedsIn(here(), acme);
  expect(mails).toMatchObject([{ state: "sent", attempts: 1, error: null }]);
  expect(mail.sends).toMatchObject([
    { messageId: mails[0]?.message_id, to: ["sec@acme.example", "ops@acme.example"], subject: mails[0]?.subject, text: mails[0]?.text },
  ]);
  expect(sent).toMatchObject([{ status: "success", actor: { type: "system" }, metadata: { channel: "smtp", recipients: 2, attempts: 1 } }]);
});

test("a mail server that is down is asked again, later and later, and the mail then leaves once", async () => {
  const mail = fakeSmtp(down, down, down);
  const acme = await alerted();
  await work({ ...here().platform, mail });
  expect(await deedsIn(here(), acme)).toMatchObject({ mails: [{ state: "queued", attempts: 1, error: "connect ECONNREFUSED" }], sent: [] });
  await work({ ...here().platform, mail });
  expect(mail.sends.length, "not before its time").toBe(1);
  await pass(0.25, { mail });
  expect(mail.sends.length).toBe(2);
  await pass(0.25, { mail });
  expect(mail.sends.length, "the second pause is longer").toBe(2);
  for (let minute = 0; minute < 5; minute += 1) await pass(1, { mail });
  const { mails, sent } = await deedsIn(here(), acme);
  expect(mail.sends.length).toBe(4);
  expect(new Set(mail.sends.map(({ messageId }) => messageId)).size).toBe(1);
  expect(mails).toMatchObject([{ state: "sent", attempts: 4, error: null }]);
  expect(sent).toMatchObject([{ status: "success", metadata: { attempts: 4 } }]);
});

test("a mail that is refused fails at once, and one that never gets through fails in the end; the log has the reason", async () => {
  const acme = await alerted();
  await work({ ...here().platform, mail: fakeSmtp(refused) });
  expect(await deedsIn(here(), acme)).toMatchObject({
    mails: [{ state: "failed", attempts: 1, error: expect.stringContaining("550 no such user") }],
    sent: [{ status: "failed", error: { code: "mail_not_sent", message: expect.stringContaining("550 no such user") }, metadata: { recipients: 0 } }],
  });

  const mail = fakeSmtp(...Array.from({ length: 100 }, () => down));
  const beta = await alerted();
  await work({ ...here().platform, mail });
  for (let hour = 0; hour < 40; hour += 1) await pass(61, { mail });
  expect(await deedsIn(here(), beta)).toMatchObject({
    mails: [{ state: "failed", attempts: 30 }],
    sent: [{ status: "failed", error: { message: expect.stringContaining("ECONNREFUSED") } }],
  });
  expect(mail.sends.length).toBe(30);
});

test("who got the mail is not sent it again because another's address was not taken yet", async () => {
  const half: Receipt = {
    outcome: "accepted",
    detail: "250 OK",
    perRecipient: [
      { address: "sec@acme.example", outcome: "accepted", detail: "250 OK" },
      { address: "ops@acme.example", outcome: "retry", detail: "451 greylisted" },
      { address: "gone@acme.example", outcome: "refused", detail: "550 no such user" },
    ],
  };
  const mail = fakeSmtp(half);
  const acme = await alerted(["sec@acme.example", "ops@acme.example", "gone@acme.example"]);
  await work({ ...here().platform, mail });
  expect((await deedsIn(here(), acme)).mails).toMatchObject([{ state: "queued", error: "451 greylisted" }]);
  await pass(1, { mail });
  expect(mail.sends.map(({ to }) => to)).toEqual([["sec@acme.example", "ops@acme.example", "gone@acme.example"], ["ops@acme.example"]]);
  expect(await deedsIn(here(), acme)).toMatchObject({
    mails: [{ state: "sent", error: expect.stringContaining("gone@acme.example: 550") }],
    sent: [{ status: "success", metadata: { recipients: 2 }, error: { code: "recipients_refused" } }],
  });
});

test("a mail on which the sender breaks is left for later, and the others go out", async () => {
  const acme = await alerted();
  const beta = await alerted();
  const mail = fakeSmtp(new Error("a broken assumption"));
  await expect(work({ ...here().platform, mail })).rejects.toThrow("a broken assumption");
  await work({ ...here().platform, mail });
  const states = async () => (await Promise.all([acme, beta].map((each) => deedsIn(here(), each)))).map(({ mails }) => mails[0]?.state).toSorted();
  expect(await states()).toEqual(["queued", "sent"]);
  await pass(3, { mail });
  expect(await states()).toEqual(["sent", "sent"]);
});

test("a mail on which the sender always breaks is given up in the end, and the log says so", async () => {
  const acme = await alerted();
  const mail = fakeSmtp(...Array.from({ length: 100 }, () => new Error("a broken assumption")));
  for (let hour = 0; hour < 40; hour += 1) await pass(61, { mail }).catch(() => undefined);
  expect(mail.sends.length).toBe(30);
  const error = { message: expect.stringContaining("did not report back") };
  expect(await deedsIn(here(), acme)).toMatchObject({ mails: [{ state: "failed", error: error.message }], sent: [{ status: "failed", error }] });
});

test("the demo's mails stay in its mailbox, whatever mail server there is", async () => {
  const demo = await here().acme();
  await here().ask(`update organizations set demo = true where id = '${demo.viewer.organizationId}' returning id`);
  await here().arrive(demo, roleChange);
  const mail = fakeSmtp();
  await work({ ...here().platform, mail });
  expect(mail.sends).toEqual([]);
  expect(await deedsIn(here(), demo)).toMatchObject({ mails: [{ state: "delivered" }], sent: [{ metadata: { channel: "mailbox" } }] });
});

test("a worker that dies at any step of sending: the log has one event, and a repeated mail carries the same Message-ID", async () => {
  let step = 0;
  for (let survived = false; !survived;) {
    step += 1;
    const acme = await alerted();
    const mail = fakeSmtp();
    const dying = dyingAt({ ...here().platform, mail }, step);
    const outcome = await work(dying.platform).catch((error: unknown) => error);
    survived = dying.survived();
    expect(isInjected(outcome), `step ${step}: ${String(outcome)}`).toBe(!survived);
    // The lease of a mail that was on its way runs out.
    await pass(3, { mail });
    const { incidents, mails, sent } = await deedsIn(here(), acme);
    expect([incidents.length, mails.length, sent.length], `died at step ${step}`).toEqual([1, 1, 1]);
    expect(mails[0]?.state).toBe("sent");
    expect(mail.sends.length).toBeGreaterThan(0);
    expect(mail.sends.length).toBeLessThanOrEqual(2);
    expect(new Set(mail.sends.map(({ messageId }) => messageId)).size).toBe(1);
  }
  expect(step).toBeGreaterThan(18);
});

test("many workers at once send each mail once", async () => {
  const { platform, url } = here();
  const others = [1, 2].map((at) => openStore({ url, applicationName: `other-${at}`, max: 4 }));
  const acme = await here().acme();
  const actors = 15;
  for (let at = 0; at < actors; at += 1) await here().arrive(acme, { ...roleChange, actor: { type: "user", id: `u_${at}` } });
  const mail = fakeSmtp();
  await Promise.all([platform.store, ...others].map((store) => work({ ...platform, store, mail })));
  await deliverMail({ ...platform, mail });
  await Promise.all(others.map((store) => store.close()));
  const { mails, sent } = await deedsIn(here(), acme);
  expect(mail.sends.map(({ messageId }) => messageId).toSorted()).toEqual(mails.map(({ message_id }) => message_id).toSorted());
  expect([mails.length, sent.length]).toEqual([actors, actors]);
});

test("a worker that was overtaken while sending neither sends nor records anything twice", async () => {
  const { platform, clock } = here();
  const acme = await alerted();
  const fast = fakeSmtp();
  const slow = fakeSmtp();
  const send = slow.send.bind(slow);
  slow.send = async (message) => {
    // The lease runs out, and another worker does it all.
    await clock.set("2026-11-16T10:05:00.000Z");
    await deliverMail({ ...platform, mail: fast });
    return send(message);
  };
  await work({ ...platform, mail: slow });
  await pass(5, { mail: fast });
  const { mails, sent } = await deedsIn(here(), acme);
  expect(mails).toMatchObject([{ state: "sent", attempts: 2 }]);
  expect(sent.length).toBe(1);
  expect(fast.sends.length).toBe(1);
});

test("the mailbox lists mails newest first and shows one whole; no other organization's, and not to members", async () => {
  const { platform, clock } = here();
  const acme = await alerted();
  await work(platform);
  await clock.set("2026-11-17T10:00:00.000Z");
  await here().arrive(acme, roleChange);
  await work(platform);
  const { transport, mails } = await read(platform, acme, listMails, undefined);
  expect(transport).toBe("mailbox");
  expect(mails.map(({ createdAt }) => createdAt)).toEqual(["2026-11-17T10:00:00.000Z", monday]);
  expect(mails[0]).toMatchObject({
    to: [acme.viewer.actor.email],
    kind: "alert",
    state: "delivered",
    subject: expect.stringContaining("Bob Smith"),
    error: null,
  });
  const whole = await read(platform, acme, getMail, { id: mails[0]?.id });
  expect(whole).toMatchObject({ ...mails[0], html: expect.stringContaining("<html"), text: expect.stringContaining("Alice Jones") });

  const other = await here().acme();
  await expect(read(platform, other, getMail, { id: mails[0]?.id })).rejects.toMatchObject({ code: "not_found" });
  expect((await read(platform, other, listMails, undefined)).mails).toEqual([]);
  await expect(read(platform, await testMember(platform, acme, "member"), listMails, undefined)).rejects.toMatchObject({ code: "forbidden" });
  expect(await here().log(acme, "access_denied")).toMatchObject([{ metadata: { verb: "mailbox.list", grant: "mailbox:read" } }]);
});
