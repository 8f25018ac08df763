import {
  addNote,
  checkItem,
  closeCase,
  createCase,
  editNote,
  editStep,
  getCase,
  getReview,
  listCases,
  listRecipes,
  listReviews,
  pinEvents,
  removeNote,
  reopenCase,
  reopenReview,
  signOff,
  uncheckItem,
  unpinEvent,
  updateCase,
} from "@daybook/services";
import { change, readOf, router } from "../init.ts";

export const casesRouter = router({
  recipes: readOf(listRecipes),
  list: readOf(listCases),
  get: readOf(getCase),
  create: change(createCase),
  update: change(updateCase),
  editStep: change(editStep),
  pin: change(pinEvents),
  unpin: change(unpinEvent),
  addNote: change(addNote),
  editNote: change(editNote),
  removeNote: change(removeNote),
  close: change(closeCase),
  reopen: change(reopenCase),
});

export const reviewsRouter = router({
  get: readOf(getReview),
  list: readOf(listReviews),
  check: change(checkItem),
  uncheck: change(uncheckItem),
  signOff: change(signOff),
  reopen: change(reopenReview),
});
