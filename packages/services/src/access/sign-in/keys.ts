/** What proving who one is takes besides the database: slow hashes, and the arithmetic of passkeys. The host brings it. */
export interface SignInKeys {
  hashPassword(password: string): Promise<string>;
  /** Takes as long for `null`, somebody without a password, as for a wrong one. */
  passwordMatches(hash: string | null, password: string): Promise<boolean>;
  passkeys: PasskeyCeremonies;
}

/** A browser's question or answer, as WebAuthn writes it in JSON. Opaque here. */
export type PasskeyMessage = object;

export interface PasskeyCeremonies {
  /** Asks for a new passkey. Authenticators that hold one of `known` refuse. */
  askForNew(user: { id: string; name: string; email: string }, known: readonly KnownCredential[]): Promise<{ options: PasskeyMessage; challenge: string }>;
  /** Null when the answer does not prove a new passkey that checked its user. */
  readNew(response: PasskeyMessage, challenge: string): Promise<NewCredential | null>;
  askForAny(): Promise<{ options: PasskeyMessage; challenge: string }>;
  /** The id of the credential that an answer claims; null for what is no answer. */
  credentialIdOf(response: PasskeyMessage): string | null;
  /** Null when the answer does not prove that its user holds the credential. */
  readAnswer(response: PasskeyMessage, challenge: string, credential: StoredCredential): Promise<{ counter: number } | null>;
}

interface KnownCredential {
  credentialId: string;
  transports: readonly string[];
}

export interface NewCredential extends KnownCredential {
  publicKey: Uint8Array;
  counter: number;
  backedUp: boolean;
}

export interface StoredCredential extends KnownCredential {
  userId: string;
  publicKey: Uint8Array;
  counter: number;
}
