import { Refusal } from "@daybook/event";

const externalPrefix = "external:";

/** Changes what a reference names; what it names as `external:…` and is not there comes into being. */
export async function putNamed(
  ref: string,
  { update, create }: { update: () => Promise<{ id: string }>; create: (externalId: string) => Promise<{ id: string }> },
): Promise<{ id: string; created: boolean }> {
  try {
    return { id: (await update()).id, created: false };
  } catch (error) {
    if (!isRefusal(error, "not_found") || !ref.startsWith(externalPrefix)) throw error;
  }
  try {
    return { id: (await create(ref.slice(externalPrefix.length))).id, created: true };
  } catch (error) {
    // Somebody else made it between the two.
    if (isRefusal(error, "conflict") && error.path === "externalId") return { id: (await update()).id, created: false };
    throw error;
  }
}

const isRefusal = (error: unknown, code: Refusal["code"]): error is Refusal => error instanceof Refusal && error.code === code;
