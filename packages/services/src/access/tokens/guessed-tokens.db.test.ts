import { guessedToken, seededRandom } from "@daybook/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { countingStore } from "../../../test/counting-store.ts";
import { testOrganization, testPlatform } from "../../../test/test-platform.ts";
import type { TestPlatform } from "../../../test/test-platform.ts";
import { perform } from "../../verb.ts";
import { makeToken } from "../token-text.ts";
import { authenticateToken, createToken } from "./index.ts";

/** The drill does the same a million times. */
const guesses = 20_000;
const wellFormedGuesses = 300;
const seed = 29;

let platform: TestPlatform;
beforeAll(async () => {
  platform = await testPlatform();
});
afterAll(() => platform.close());

test("guessed texts are refused before any query, also those with the right prefix and length", async () => {
  const random = seededRandom(seed);
  const { store, queries } = countingStore(platform.store);
  let hits = 0;
  for (let at = 0; at < guesses; at += 1)
    await authenticateToken({ ...platform, store }, guessedToken(random)).then(
      () => (hits += 1),
      (error: unknown) => expect(error).toMatchObject({ code: "unauthenticated" }),
    );
  expect({ seed, hits, queries: queries() }).toEqual({ seed, hits: 0, queries: 0 });
});

test("guesses with a checksum that is right cost one look-up each, and find nothing", async () => {
  const random = seededRandom(seed);
  await perform(platform, await testOrganization(platform), createToken, { name: "real", scopes: ["events:read"] });
  const { store, queries } = countingStore(platform.store);
  for (let at = 0; at < wellFormedGuesses; at += 1) {
    const bytes = Uint8Array.from({ length: 32 }, () => Math.floor(random() * 256));
    const { token } = makeToken(bytes, at % 2 ? "workspace" : "member_key");
    await expect(authenticateToken({ ...platform, store }, token)).rejects.toMatchObject({ code: "unauthenticated" });
  }
  expect({ seed, queries: queries() }).toEqual({ seed, queries: wellFormedGuesses });
});

test("a token whose prefix says the other kind is no token", async () => {
  const { token } = await perform(platform, await testOrganization(platform), createToken, { name: "real", scopes: ["events:read"] });
  await expect(authenticateToken(platform, token.replace("_ws", "_mk"))).rejects.toMatchObject({ code: "unauthenticated" });
});
