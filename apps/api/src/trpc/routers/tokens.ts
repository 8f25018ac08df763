import {
  createServiceUser,
  createToken,
  generateKey,
  listAllKeys,
  listKeys,
  listPossibleOwners,
  listServiceUsers,
  listTokens,
  removeServiceUser,
  revokeAnyKey,
  revokeKey,
  revokeToken,
  rotateToken,
  updateServiceUser,
  updateToken,
} from "@daybook/services";
import { change, readOf, router } from "../init.ts";

export const tokensRouter = router({
  list: readOf(listTokens),
  create: change(createToken),
  rotate: change(rotateToken),
  update: change(updateToken),
  revoke: change(revokeToken),
});

/** Members' own keys; the last two are for who manages tokens. */
export const keysRouter = router({
  list: readOf(listKeys),
  generate: change(generateKey),
  revoke: change(revokeKey),
  listAll: readOf(listAllKeys),
  revokeAny: change(revokeAnyKey),
});

export const serviceUsersRouter = router({
  list: readOf(listServiceUsers),
  owners: readOf(listPossibleOwners),
  create: change(createServiceUser),
  update: change(updateServiceUser),
  remove: change(removeServiceUser),
});
