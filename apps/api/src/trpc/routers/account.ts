import {
  addPasskey,
  beginPasskey,
  beginTwoFactor,
  changeMyPassword,
  disableTwoFactor,
  enableTwoFactor,
  endMyOtherSessions,
  endMySession,
  readMyAccount,
  removePasskey,
  renameMyself,
  renewRecoveryCodes,
  revokeMemberSessions,
} from "@daybook/services";
import { change, changeOfAccount, readOf, router } from "../init.ts";

/** One's own account: how one signs in. */
export const accountRouter = router({
  get: readOf(readMyAccount),
  rename: changeOfAccount(renameMyself),
  changePassword: changeOfAccount(changeMyPassword),
  beginTwoFactor: changeOfAccount(beginTwoFactor),
  enableTwoFactor: changeOfAccount(enableTwoFactor),
  disableTwoFactor: changeOfAccount(disableTwoFactor),
  renewRecoveryCodes: changeOfAccount(renewRecoveryCodes),
  beginPasskey: changeOfAccount(beginPasskey),
  addPasskey: changeOfAccount(addPasskey),
  removePasskey: changeOfAccount(removePasskey),
});

export const sessionsRouter = router({
  end: changeOfAccount(endMySession),
  endOthers: changeOfAccount(endMyOtherSessions),
  revokeMember: change(revokeMemberSessions),
});
