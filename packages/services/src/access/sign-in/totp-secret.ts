import type { Platform } from "../../platform.ts";
import type { SealedPlace } from "../../sealing.ts";

/** A secret belongs to a person, so it is bound to their id and to no organization. */
const placeOf = (userId: string): SealedPlace => ({ organizationId: "", id: userId, column: "second_factors.secret" });

export const sealTotpSecret = ({ sealer }: Platform, userId: string, secret: Uint8Array): string =>
  sealer.seal(Buffer.from(secret).toString("base64"), placeOf(userId));

export const openTotpSecret = ({ sealer }: Platform, { userId, secret }: { userId: string; secret: string }): Uint8Array =>
  Buffer.from(sealer.open(secret, placeOf(userId)), "base64");
