import type { FastifyHelmetOptions } from "@fastify/helmet";

/**
 * Scripts only from this origin and never inline. Inline styles are allowed for the scroll lock of the console's dialogs. A mail is shown in a
 * frame of the page itself. What would demand https stays away where Daybook runs on plain http.
 */
export const securityHeaders = ({ secure }: { secure: boolean }): FastifyHelmetOptions => ({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'"],
      scriptSrcAttr: ["'none'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      connectSrc: ["'self'"],
      frameSrc: ["'self'"],
      imgSrc: ["'self'", "data:"],
      fontSrc: ["'self'"],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
  },
  strictTransportSecurity: secure ? { maxAge: 31_536_000, includeSubDomains: false } : false,
  crossOriginOpenerPolicy: secure ? { policy: "same-origin" } : false,
  originAgentCluster: secure,
  frameguard: { action: "deny" },
  referrerPolicy: { policy: "same-origin" },
});
