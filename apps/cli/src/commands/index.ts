import { catalog } from "./catalog.ts";
import type { Command, OfflineCommand } from "./define-command.ts";
import { demoLoad } from "./demo-load.ts";
import { demoRemove } from "./demo-remove.ts";
import { errors } from "./errors.ts";
import { importFile } from "./import-file.ts";
import { importList } from "./import-list.ts";
import { importUndo } from "./import-undo.ts";
import { membersInvite } from "./members-invite.ts";
import { membersList } from "./members-list.ts";
import { organizationCreate } from "./organization-create.ts";
import { passwordReset } from "./password-reset.ts";
import { planSet } from "./plan-set.ts";
import { planShow } from "./plan-show.ts";
import { tokenCreate } from "./token-create.ts";
import { tokenList } from "./token-list.ts";
import { tokenRevoke } from "./token-revoke.ts";
import { tokenRotate } from "./token-rotate.ts";
import { twoFactorOff } from "./two-factor-off.ts";

/** A longer name stands before one that begins with it. */
export const commands = [
  importList,
  importUndo,
  importFile,
  tokenCreate,
  passwordReset,
  twoFactorOff,
  tokenRotate,
  tokenRevoke,
  tokenList,
  membersList,
  membersInvite,
  organizationCreate,
  planSet,
  planShow,
  demoLoad,
  demoRemove,
  catalog,
  errors,
] as const satisfies readonly (Command | OfflineCommand)[];
