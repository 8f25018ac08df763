import { createToken, listTokens, revokeToken } from "@daybook/services";
import { change, readOf, router } from "../init.ts";

export const tokensRouter = router({
  list: readOf(listTokens),
  create: change(createToken),
  revoke: change(revokeToken),
});
