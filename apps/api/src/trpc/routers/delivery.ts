import { getMail, listMails } from "@daybook/services";
import { readOf, router } from "../init.ts";

export const mailboxRouter = router({
  list: readOf(listMails),
  get: readOf(getMail),
});
