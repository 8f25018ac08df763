import { Refusal } from "@daybook/event";
import { features } from "@daybook/policy";
import type { Feature } from "@daybook/policy";
import { asDaybook, changePlan, getPlan, perform, read } from "@daybook/services";
import type { Context, Platform, PlanView } from "@daybook/services";
import { organizations } from "@daybook/store";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { serializerCompiler, validatorCompiler } from "fastify-type-provider-zod";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { requestOrigin } from "../../http/request-origin.ts";
import { problem } from "../v1/schemas.ts";
import { openOperatorGate } from "./operator-gate.ts";

const bodyBytesMax = 16_384;
const organizationsMax = 10_000;
const featureKeys = Object.keys(features) as [Feature, ...Feature[]];

const planBody = z
  .strictObject({
    name: z.string().min(1).max(100).describe("What the plan is called; members see it."),
    without: z.array(z.enum(featureKeys)).default([]).describe("Features that it leaves out."),
    retention_days_max: z.int().min(1).max(36_500).nullable().default(null).describe("For how long events may be kept; null sets no limit."),
  })
  .meta({ id: "Plan", examples: [{ name: "Pro", without: ["streams", "auditors"], retention_days_max: 365 }] });
const organization = z.object({ id: z.uuid(), name: z.string(), slug: z.string(), demo: z.boolean() }).meta({ id: "OperatorOrganization" });
const organizationId = z.object({ organization_id: z.uuid() });

const security = [{ operator: [] }];
const problemAnswer = (description: string) => ({ description, content: { "application/problem+json": { schema: problem } } });
const answers = {
  401: problemAnswer("Not the operator's token."),
  404: problemAnswer("No such organization; or the server has no operator's token."),
  429: problemAnswer("Too many wrong tokens."),
};

/** What a host product asks of the Daybook that it runs: which organizations there are, and what each may use. */
export function operatorRoutes({ platform, token }: { platform: Platform; token: string | undefined }) {
  return async (plain: FastifyInstance): Promise<void> => {
    const demandOperator = openOperatorGate(token);
    plain.addHook("onRequest", async (request) => demandOperator(request));
    const app = plain.withTypeProvider<ZodTypeProvider>();
    app.setValidatorCompiler(validatorCompiler);
    app.setSerializerCompiler(serializerCompiler);

    app.get(
      "/v1/operator/organizations",
      {
        schema: {
          operationId: "listOrganizations",
          summary: "List organizations",
          security,
          response: { 200: z.object({ organizations: z.array(organization) }).describe("All of them, oldest first."), ...answers },
        },
      },
      async () => {
        const all = await organizations.list(platform.store.platform);
        return { organizations: all.slice(0, organizationsMax).map(({ id, name, slug, demo }) => ({ id, name, slug, demo })) };
      },
    );

    app.get(
      "/v1/operator/organizations/:organization_id/plan",
      { schema: { operationId: "getPlan", summary: "Read an organization's plan", security, params: organizationId, response: { 200: planBody, ...answers } } },
      async (request) => planOut(await read(platform, await contextOf(platform, request, request.params.organization_id), getPlan, {})),
    );

    app.put(
      "/v1/operator/organizations/:organization_id/plan",
      {
        bodyLimit: bodyBytesMax,
        schema: {
          operationId: "putPlan",
          summary: "Set an organization's plan",
          description:
            "Takes effect within seconds. Events that are kept longer than the plan allows are removed by the next purge. The change is recorded in the organization's log.",
          security,
          params: organizationId,
          body: planBody,
          response: { 200: planBody, 400: problemAnswer("The plan is not valid."), ...answers },
        },
      },
      async (request) => {
        const context = await contextOf(platform, request, request.params.organization_id);
        const { name, without, retention_days_max: retentionDaysMax } = request.body;
        return planOut(await perform(platform, context, changePlan, { name, without, retentionDaysMax }));
      },
    );
  };
}

async function contextOf(platform: Platform, request: FastifyRequest, id: string): Promise<Context> {
  if (!(await organizations.find(platform.store.of(id), id))) throw new Refusal("not_found", "There is no such organization.");
  return { ...asDaybook(id, "Operator"), origin: "api", request: requestOrigin(request) };
}

const planOut = (plan: PlanView) => ({
  name: plan.name,
  without: plan.features.filter(({ included }) => !included).map(({ key }) => key),
  retention_days_max: plan.retentionDaysMax,
});
