import {
  accessOf,
  addGroupMember,
  createGroup,
  deleteGroup,
  findPeople,
  getDefaultAccess,
  getGroup,
  listGroupAccess,
  listGroupMembers,
  listGroups,
  myAccess,
  removeGroupMember,
  setDefaultAccess,
  sharedVerbs,
  updateGroup,
  simulateAccess,
  whoSeesEvent,
} from "@daybook/services";
import type { SharedVerbs } from "@daybook/services";
import { change, readOf, router } from "../init.ts";

export const groupsRouter = router({
  list: readOf(listGroups),
  get: readOf(getGroup),
  members: readOf(listGroupMembers),
  access: readOf(listGroupAccess),
  create: change(createGroup),
  update: change(updateGroup),
  delete: change(deleteGroup),
  addMember: change(addGroupMember),
  removeMember: change(removeGroupMember),
});

const sharedRouter = (verbs: SharedVerbs) =>
  router({
    list: readOf(verbs.list),
    get: readOf(verbs.get),
    members: readOf(verbs.members),
    groups: readOf(verbs.groups),
    who: readOf(verbs.who),
    create: change(verbs.create),
    update: change(verbs.update),
    delete: change(verbs.delete),
    addMember: change(verbs.addMember),
    changeMemberAccess: change(verbs.changeMemberAccess),
    removeMember: change(verbs.removeMember),
    addGroup: change(verbs.addGroup),
    changeGroupAccess: change(verbs.changeGroupAccess),
    removeGroup: change(verbs.removeGroup),
  });

/** A router for every kind of shared object, under its area. */
export const sharedRouters = Object.fromEntries(Object.entries(sharedVerbs).map(([area, verbs]) => [area, sharedRouter(verbs)])) as Record<
  keyof typeof sharedVerbs,
  ReturnType<typeof sharedRouter>
>;

export const accessRouter = router({
  of: readOf(accessOf),
  mine: readOf(myAccess),
  people: readOf(findPeople),
  default: readOf(getDefaultAccess),
  setDefault: change(setDefaultAccess),
  simulate: readOf(simulateAccess),
  whoSees: readOf(whoSeesEvent),
});
