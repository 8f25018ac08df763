import { createProvider, getSecurity, listProviders, removeProvider, testProvider, updateProvider, updateSecurity } from "@daybook/services";
import { change, readOf, router } from "../init.ts";

export const securityRouter = router({
  get: readOf(getSecurity),
  update: change(updateSecurity),
});

export const signInProvidersRouter = router({
  list: readOf(listProviders),
  test: readOf(testProvider),
  create: change(createProvider),
  update: change(updateProvider),
  remove: change(removeProvider),
});
