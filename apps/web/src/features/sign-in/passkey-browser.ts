/** The browser's side of passkeys. WebAuthn speaks in bytes, JSON in base64url; not every browser converts by itself. */

interface NamedKey {
  id: string;
  transports?: string[];
}

export interface NewPasskeyQuestion {
  challenge: string;
  rp: { id?: string; name: string };
  user: { id: string; name: string; displayName: string };
  pubKeyCredParams: { type: "public-key"; alg: number }[];
  timeout?: number;
  excludeCredentials?: NamedKey[];
  authenticatorSelection?: AuthenticatorSelectionCriteria;
}

export interface PasskeyQuestion {
  challenge: string;
  rpId?: string;
  timeout?: number;
  userVerification?: UserVerificationRequirement;
}

export const knowsPasskeys = (): boolean => typeof PublicKeyCredential === "function";

const bytesOf = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));

const textOf = (bytes: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");

/** Null when the person gave up. An authenticator that holds one of theirs already is told apart, because they can do something about it. */
export async function newPasskey(question: NewPasskeyQuestion): Promise<Record<string, unknown> | "known_already" | null> {
  try {
    const credential = await navigator.credentials.create({
      publicKey: {
        ...question,
        challenge: bytesOf(question.challenge),
        user: { ...question.user, id: bytesOf(question.user.id) },
        excludeCredentials: (question.excludeCredentials ?? []).map(({ id, transports }) => ({
          id: bytesOf(id),
          type: "public-key",
          ...(transports && { transports: transports as AuthenticatorTransport[] }),
        })),
      },
    });
    if (!(credential instanceof PublicKeyCredential)) return null;
    const response = credential.response as AuthenticatorAttestationResponse;
    return {
      ...shared(credential),
      response: {
        clientDataJSON: textOf(response.clientDataJSON),
        attestationObject: textOf(response.attestationObject),
        transports: response.getTransports(),
      },
    };
  } catch (error) {
    return error instanceof DOMException && error.name === "InvalidStateError" ? "known_already" : null;
  }
}

/** Null when the person gave up, or has no passkey for this site here: the browser does not tell which. */
export async function passkeyAnswer(question: PasskeyQuestion): Promise<Record<string, unknown> | null> {
  try {
    const credential = await navigator.credentials.get({ publicKey: { ...question, challenge: bytesOf(question.challenge) } });
    if (!(credential instanceof PublicKeyCredential)) return null;
    const response = credential.response as AuthenticatorAssertionResponse;
    return {
      ...shared(credential),
      response: {
        clientDataJSON: textOf(response.clientDataJSON),
        authenticatorData: textOf(response.authenticatorData),
        signature: textOf(response.signature),
        ...(response.userHandle && { userHandle: textOf(response.userHandle) }),
      },
    };
  } catch {
    return null;
  }
}

const shared = ({ id, rawId }: PublicKeyCredential) => ({ id, rawId: textOf(rawId), type: "public-key", clientExtensionResults: {} });
