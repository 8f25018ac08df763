import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";

/** Where a sealed text lies. It opens nowhere else, so that moving one from row to row gives nobody a secret. */
export interface SealedPlace {
  organizationId: string;
  id: string;
  /** `table.column`. */
  column: string;
}

/** Keeps secrets that Daybook has to show to somebody else again, such as a provider's client secret. */
export interface Sealer {
  seal(text: string, place: SealedPlace): string;
  /** Throws a `SealBroken`. */
  open(sealed: string, place: SealedPlace): string;
}

export class SealBroken extends Error {
  override readonly name = "SealBroken";
}

const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;
const keyIdLength = 8;
const keyInfo = "daybook sealed columns, 1";

/** AES-256-GCM under a key of its own, derived from the installation's secret; each sealed text names the key that opens it. */
export function openSealer(secret: string): Sealer {
  const key = Buffer.from(hkdfSync("sha256", secret, "", keyInfo, keyBytes));
  const keyId = createHash("sha256").update(key).digest("hex").slice(0, keyIdLength);
  return {
    seal(text, place) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(boundTo(place, keyId));
      const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return `${keyId}.${Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64url")}`;
    },
    open(sealed, place) {
      const [named, body, ...rest] = sealed.split(".");
      if (named !== keyId || body === undefined || rest.length > 0)
        throw new SealBroken("A secret was sealed with a key that this Daybook does not have: AUTH_SECRET is another one than it was.");
      const bytes = Buffer.from(body, "base64url");
      if (bytes.length < nonceBytes + tagBytes) throw new SealBroken("A sealed secret is cut short.");
      const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes })
        .setAAD(boundTo(place, keyId))
        .setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
      try {
        return decipher.update(bytes.subarray(nonceBytes + tagBytes), undefined, "utf8") + decipher.final("utf8");
      } catch {
        throw new SealBroken("A sealed secret was changed, or lies in another place than it was sealed for.");
      }
    },
  };
}

/** Each part with its length, so that no two places bind alike. */
const boundTo = ({ organizationId, id, column }: SealedPlace, keyId: string): Buffer =>
  Buffer.from([organizationId, id, column, keyId].map((part) => `${part.length}:${part}`).join(""));

/** For a process that has no secret and needs none. */
export const noSealer: Sealer = {
  seal: () => {
    throw new SealBroken("This process has no AUTH_SECRET to seal with.");
  },
  open: () => {
    throw new SealBroken("This process has no AUTH_SECRET to open a sealed text with.");
  },
};
