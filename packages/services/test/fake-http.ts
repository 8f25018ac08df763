import { OutboundFailure } from "@daybook/outbound";
import type { HttpDoor } from "@daybook/outbound";

/** A door that answers from a table of addresses; whatever is not in it is not found. */
export const fakeHttp = (answers: Record<string, { status?: number; body: unknown }>): HttpDoor => ({
  plainHttp: false,
  ask(url) {
    const answer = answers[url];
    if (!answer) return Promise.reject(new OutboundFailure("name_not_found"));
    const text = typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body);
    return Promise.resolve({ status: answer.status ?? 200, headers: {}, body: new TextEncoder().encode(text) });
  },
});
