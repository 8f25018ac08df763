import {
  createMapping,
  deleteMapping,
  getImport,
  listImporters,
  listImports,
  listMappings,
  previewImport,
  read,
  undoImport,
  updateMapping,
} from "@daybook/services";
import { change, memberProcedure, readOf, router } from "../init.ts";

export const importsRouter = router({
  importers: readOf(listImporters),
  list: readOf(listImports),
  get: readOf(getImport),
  /** A read whose input is too large for an address. */
  preview: memberProcedure
    .input((value: unknown): Parameters<typeof previewImport.run>[2] => value as Parameters<typeof previewImport.run>[2])
    .mutation(({ ctx, input }) => read(ctx.platform, ctx.context, previewImport, input)),
  undo: change(undoImport),
});

export const mappingsRouter = router({
  list: readOf(listMappings),
  create: change(createMapping),
  update: change(updateMapping),
  delete: change(deleteMapping),
});
