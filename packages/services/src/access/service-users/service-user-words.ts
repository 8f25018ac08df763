import { Refusal } from "@daybook/event";
import type { Resource } from "@daybook/event";

export const serviceUserResource = ({ id, name }: { id: string; name: string }): Resource => ({ type: "service_user", id, name });

export const noSuchServiceUser = (path?: string): Refusal => new Refusal("not_found", "There is no such service user, or it is deleted already.", path);
