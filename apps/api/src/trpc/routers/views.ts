import {
  createLink,
  createView,
  deleteView,
  getView,
  listViews,
  openingView,
  openLink,
  restoreView,
  setDefaultView,
  starView,
  unstarView,
  updateView,
} from "@daybook/services";
import { change, readOf, router } from "../init.ts";

export const viewsRouter = router({
  list: readOf(listViews),
  get: readOf(getView),
  opening: readOf(openingView),
  create: change(createView),
  update: change(updateView),
  delete: change(deleteView),
  restore: change(restoreView),
  star: change(starView),
  unstar: change(unstarView),
  setDefault: change(setDefaultView),
});

export const linksRouter = router({
  create: change(createLink),
  open: readOf(openLink),
});
