export { createServiceUser, removeServiceUser, updateServiceUser } from "./change-service-users.ts";
export { listPossibleOwners, listServiceUsers } from "./read-service-users.ts";
export type { PossibleOwners, ServiceUserView } from "./read-service-users.ts";
