import type { StepToken } from "@daybook/services";
import type { FastifyRequest } from "fastify";

/** What ties the second request of a sign-in to its first. Its token is random and looked up by its hash, so it needs no signature. */
export function openStepCookie(name: "second-factor" | "passkey", { secure }: { secure: boolean }) {
  const cookie = `${secure ? "__Host-" : ""}daybook.${name}`;
  const flags = `Path=/; HttpOnly; SameSite=Strict${secure ? "; Secure" : ""}`;
  return {
    write: ({ token, lastsMs }: StepToken): string => `${cookie}=${token}; Max-Age=${Math.floor(lastsMs / 1_000)}; ${flags}`,
    forget: `${cookie}=; Max-Age=0; ${flags}`,
    read(request: FastifyRequest): string {
      for (const pair of request.headers.cookie?.split(";") ?? []) {
        const [key, value] = pair.trim().split("=", 2);
        if (key === cookie && value !== undefined) return value;
      }
      return "";
    },
  };
}
