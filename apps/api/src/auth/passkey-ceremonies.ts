import type { NewCredential, PasskeyCeremonies, PasskeyMessage } from "@daybook/services";
import { generateAuthenticationOptions, generateRegistrationOptions, verifyAuthenticationResponse, verifyRegistrationResponse } from "@simplewebauthn/server";
import type { AuthenticationResponseJSON, AuthenticatorTransportFuture, RegistrationResponseJSON } from "@simplewebauthn/server";
import { z } from "zod";

const timeoutMs = 5 * 60_000;
const transportsMax = 10;
const textLengthMax = 64;

const transportNames = z.array(z.string().max(textLengthMax)).max(transportsMax).catch([]);
const claim = z.object({
  id: z
    .string()
    .max(2_048)
    .regex(/^[\w-]+$/),
  response: z.object({ userHandle: z.string().nullish() }),
});

/**
 * What a browser is asked, and whether its answer proves what it claims. A passkey here is both factors in one, so the authenticator must check its
 * user by finger, face or PIN, and must find the account by itself.
 */
export function openPasskeyCeremonies({ origin, trustedOrigins }: { origin: string; trustedOrigins: ReadonlySet<string> }): PasskeyCeremonies {
  const rpID = new URL(origin).hostname;
  const expected = { expectedOrigin: [...trustedOrigins], expectedRPID: rpID, requireUserVerification: true };
  return {
    async askForNew({ id, name, email }, known) {
      const options = await generateRegistrationOptions({
        rpName: "Daybook",
        rpID,
        userID: Uint8Array.from(Buffer.from(id)),
        userName: email,
        userDisplayName: name,
        timeout: timeoutMs,
        attestationType: "none",
        excludeCredentials: known.map(({ credentialId, transports }) => ({ id: credentialId, transports: transportsOf(transports) })),
        authenticatorSelection: { residentKey: "required", userVerification: "required" },
      });
      return { options, challenge: options.challenge };
    },

    async readNew(response, challenge): Promise<NewCredential | null> {
      const answer = response as RegistrationResponseJSON;
      const read = await proven(() => verifyRegistrationResponse({ response: answer, expectedChallenge: challenge, ...expected }));
      if (!read?.verified) return null;
      const { credential, credentialBackedUp } = read.registrationInfo;
      const transports = transportNames.parse(answer.response.transports);
      return { credentialId: credential.id, publicKey: credential.publicKey, counter: credential.counter, transports, backedUp: credentialBackedUp };
    },

    async askForAny() {
      const options = await generateAuthenticationOptions({ rpID, timeout: timeoutMs, userVerification: "required" });
      return { options, challenge: options.challenge };
    },

    credentialIdOf: (response) => claimOf(response)?.id ?? null,

    async readAnswer(response, challenge, { credentialId, userId, publicKey, counter, transports }) {
      const handle = claimOf(response)?.response.userHandle;
      // The authenticator says whose passkey it is. An answer that names somebody else is none of this person's.
      if (handle && Buffer.from(handle, "base64url").toString() !== userId) return null;
      const credential = { id: credentialId, publicKey: Uint8Array.from(publicKey), counter, transports: transportsOf(transports) };
      const read = await proven(() =>
        verifyAuthenticationResponse({ response: response as AuthenticationResponseJSON, expectedChallenge: challenge, credential, ...expected }),
      );
      return read?.verified ? { counter: read.authenticationInfo.newCounter } : null;
    },
  };
}

const claimOf = (response: PasskeyMessage) => claim.safeParse(response).data;

const transportsOf = (names: readonly string[]): AuthenticatorTransportFuture[] => [...names] as AuthenticatorTransportFuture[];

/** The library throws whatever it finds wrong, broken encodings too. The answer is foreign data, so none of it is a fault of ours. */
async function proven<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch {
    return null;
  }
}
