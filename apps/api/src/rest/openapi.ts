import swagger from "@fastify/swagger";
import type { FastifyInstance } from "fastify";
import { jsonSchemaTransform, jsonSchemaTransformObject } from "fastify-type-provider-zod";

const introduction = `Write audit events, and read them.

A workspace token (\`Authorization: Bearer dbk_live_ws…\`) says who you are; an admin makes one in the console under **Settings, API tokens**. A member's own key
(\`dbk_live_mk…\`, made under **Account**) writes events on behalf of its member and reads no log. When a write
answers 2xx, what it calls created is durable; the same \`idempotency_key\` never makes a second event. Every error is a problem document with a code from
[the list of errors](/docs/errors).`;

/** The public contract, from the schemas of its routes. Registered before them; other routes do not show. */
export async function openapi(app: FastifyInstance, { origin }: { origin: string }): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: { title: "Daybook", version: "1", description: introduction, license: { name: "Apache-2.0" } },
      servers: [{ url: origin }],
      components: {
        securitySchemes: {
          operator: { type: "http", scheme: "bearer", description: "The operator's token: the setting `DAYBOOK_OPERATOR_TOKEN` of the server." },
          token: { type: "http", scheme: "bearer", description: "A workspace token: `dbk_live_ws…`" },
        },
      },
    },
    transform: (document) => (document.url.startsWith("/v1/") ? jsonSchemaTransform(document) : { schema: { hide: true }, url: document.url }),
    transformObject: jsonSchemaTransformObject,
  });
  app.get("/openapi.json", async (_request, reply) => reply.send(withoutUnused(app.swagger())));
}

/** The generator names every schema twice, as taken and as given; only what the routes use is worth reading. */
function withoutUnused(document: object): object {
  const { components } = document as { components?: { schemas?: Record<string, unknown> } };
  if (!components?.schemas) return document;
  const text = JSON.stringify(document);
  const schemas = Object.fromEntries(Object.entries(components.schemas).filter(([name]) => text.includes(`"#/components/schemas/${name}"`)));
  return { ...document, components: { ...components, schemas } };
}
