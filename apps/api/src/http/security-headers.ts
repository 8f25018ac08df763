import type { FastifyHelmetOptions } from "@fastify/helmet";

/**
 * Scripts only from this origin and never inline. A mail is shown in a frame of the page itself, which inherits this policy, and mails carry their style
 * in themselves; so do dialogs their scroll lock. Hence inline styles are allowed. What would demand https stays away where Daybook runs on plain http.
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
