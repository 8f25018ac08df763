import { createHash, createSign, generateKeyPairSync, randomBytes } from "node:crypto";
import type { KeyObject } from "node:crypto";

const userPresent = 0x01;
const userVerified = 0x04;
const attested = 0x40;

/** An authenticator made of software: what a browser would answer, and what a broken or malicious one could. */
export interface SoftPasskey {
  id: string;
  create(options: { challenge: string; user?: { id: string } }, how?: How): object;
  get(options: { challenge: string }, how?: How): object;
}

interface How {
  origin?: string;
  rpId?: string;
  /** Whether it checked its user. */
  verified?: boolean;
  userHandle?: string;
}

export function softPasskey({ origin: ownOrigin = "http://localhost:4747" } = {}): SoftPasskey {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const rawId = randomBytes(32);
  const id = rawId.toString("base64url");
  let handle = "";
  let counter = 0;

  const client = (type: string, challenge: string, origin: string) => Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  const data = (rpId: string, flags: number) => {
    counter += 1;
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    return Buffer.concat([createHash("sha256").update(rpId).digest(), Buffer.from([flags]), count]);
  };

  return {
    id,
    create({ challenge, user }, { origin = ownOrigin, rpId = "localhost", verified = true } = {}) {
      handle = user?.id ?? "";
      const length = Buffer.alloc(2);
      length.writeUInt16BE(rawId.length);
      const authData = Buffer.concat([data(rpId, userPresent | attested | (verified ? userVerified : 0)), Buffer.alloc(16), length, rawId, coseOf(publicKey)]);
      const attestation = Buffer.concat([
        Buffer.from([0xa3]),
        text("fmt"),
        text("none"),
        text("attStmt"),
        Buffer.from([0xa0]),
        text("authData"),
        Buffer.from([0x59, authData.length >> 8, authData.length & 0xff]),
        authData,
      ]);
      const response = {
        clientDataJSON: client("webauthn.create", challenge, origin).toString("base64url"),
        attestationObject: attestation.toString("base64url"),
        transports: ["internal"],
      };
      return { id, rawId: id, type: "public-key", clientExtensionResults: {}, response };
    },
    get({ challenge }, { origin = ownOrigin, rpId = "localhost", verified = true, userHandle = handle } = {}) {
      const clientData = client("webauthn.get", challenge, origin);
      const authData = data(rpId, userPresent | (verified ? userVerified : 0));
      const signed = Buffer.concat([authData, createHash("sha256").update(clientData).digest()]);
      const response = {
        clientDataJSON: clientData.toString("base64url"),
        authenticatorData: authData.toString("base64url"),
        signature: createSign("sha256").update(signed).sign(privateKey).toString("base64url"),
        userHandle,
      };
      return { id, rawId: id, type: "public-key", clientExtensionResults: {}, response };
    },
  };
}

/** A short text in CBOR. */
const text = (words: string): Buffer => Buffer.concat([Buffer.from([0x60 + words.length]), Buffer.from(words)]);

/** An ES256 key as COSE writes it. */
function coseOf(key: KeyObject): Buffer {
  const { x = "", y = "" } = key.export({ format: "jwk" });
  const bytes = (value: string) => Buffer.concat([Buffer.from([0x58, 32]), Buffer.from(value, "base64url")]);
  return Buffer.concat([Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]), bytes(x), Buffer.from([0x22]), bytes(y)]);
}
