import type { Platform } from "@daybook/services";
import type { FastifyInstance } from "fastify";
import { demandSameOrigin } from "../http/same-origin.ts";
import { passwordRoutes } from "./password-routes.ts";
import type { Auth } from "./session.ts";
import { signInRoutes } from "./sign-in-routes.ts";

const bodyBytesMax = 16_384;

export interface AuthRoutesOptions {
  platform: Platform;
  auth: Auth;
  trustedOrigins: ReadonlySet<string>;
  signInsPerMinute: number;
}

/** Everything that is asked for before there is a session. None of it is a route of the library. */
export function authRoutes(options: AuthRoutesOptions) {
  return async (app: FastifyInstance): Promise<void> => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser("application/json", { parseAs: "string", bodyLimit: bodyBytesMax }, (_request, body, done) => done(null, body));
    // All of them change something, and all are POST.
    app.addHook("onRequest", async ({ headers }) => demandSameOrigin(headers, options.trustedOrigins));
    signInRoutes(app, options);
    passwordRoutes(app, options);
  };
}
