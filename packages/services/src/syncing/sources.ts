import { sourceOf, sources as sourceKinds } from "@daybook/connectors";
import type { Json } from "@daybook/event";
import { Refusal } from "@daybook/event";
import { sources, syncRuns } from "@daybook/store";
import type { Source } from "@daybook/store";
import { z } from "zod";
import { newId } from "../context.ts";
import { defineChange, defineRead } from "../verb.ts";
import { lockSource, sourceResource } from "./find-source.ts";
import { runView } from "./runs.ts";
import type { RunView } from "./runs.ts";

export interface SourceKindView {
  id: string;
  title: string;
  docsUrl: string;
  /** JSON Schema whose fields carry `title` and `hint`: the console draws its form from it. */
  settingsSchema: unknown;
}

export interface SourceView {
  id: string;
  kind: string;
  name: string;
  settings: Record<string, unknown>;
  lastRun: RunView | null;
}

export const listSourceKinds = defineRead({
  name: "sources.kinds",
  needs: "sources:read",
  feature: "integrations",
  input: z.object({}).optional(),
  run: async (): Promise<SourceKindView[]> =>
    sourceKinds.map(({ id, title, docsUrl, settings }) => ({ id, title, docsUrl, settingsSchema: z.toJSONSchema(settings) })),
});

export const listSources = defineRead({
  name: "sources.list",
  needs: "sources:read",
  feature: "integrations",
  input: z.object({}).optional(),
  async run({ store }, { viewer }): Promise<SourceView[]> {
    const rows = await sources.list(store.of(viewer.organizationId), viewer.organizationId);
    const lastRuns = new Map((await syncRuns.newest(store.of(viewer.organizationId), viewer.organizationId)).map((run) => [run.sourceId, run]));
    return rows.map(({ id, kind, name, settings }) => {
      const lastRun = lastRuns.get(id);
      return { id, kind, name, settings, lastRun: lastRun ? runView(lastRun) : null };
    });
  },
});

export const createSource = defineChange({
  name: "sources.create",
  needs: "sources:write",
  feature: "integrations",
  records: "source_created",
  input: z.object({
    kind: z.string().max(100),
    name: z.string().trim().min(1, "name the integration").max(100),
    settings: z.record(z.string(), z.unknown()),
  }),
  async run(tx, { viewer }, { kind, name, settings }, platform) {
    const parsed = settingsOf(kind, settings);
    const id = newId(platform);
    const source = { organizationId: viewer.organizationId, id, kind, name, settings: parsed, createdAt: platform.now() };
    if (!(await sources.insert(tx, source))) throw new Refusal("conflict", `There is an integration named "${name}" already. Choose another name.`, "name");
    return { result: { id }, event: { resource: sourceResource(source), changes: { after: stateOf(source) } } };
  },
});

export const removeSource = defineChange({
  name: "sources.remove",
  needs: "sources:write",
  feature: "integrations",
  records: "source_deleted",
  input: z.object({ sourceId: z.uuid() }),
  async run(tx, { viewer }, { sourceId }) {
    const source = await lockSource(tx, viewer.organizationId, sourceId);
    if (await syncRuns.hasUnfinished(tx, viewer.organizationId, sourceId))
      throw new Refusal("conflict", `"${source.name}" is being synchronised. Remove it when the run has ended.`);
    await sources.remove(tx, viewer.organizationId, sourceId);
    return { result: {}, event: { resource: sourceResource(source), changes: { before: stateOf(source) } } };
  },
});

function settingsOf(kind: string, settings: Record<string, unknown>): Record<string, unknown> {
  const found = sourceOf(kind);
  if (!found) throw new Refusal("invalid", `There is no kind of integration named "${kind}".`, "kind");
  const parsed = found.settings.safeParse(settings);
  if (parsed.success) return parsed.data as Record<string, unknown>;
  const issue = parsed.error.issues[0];
  const path = ["settings", ...(issue?.path ?? [])].map(String).join(".");
  throw new Refusal("invalid", `\`${path}\`: ${issue?.message ?? "not valid"}`, path);
}

const stateOf = ({ kind, name, settings }: Pick<Source, "kind" | "name" | "settings">): Json => ({ kind, name, settings: settings as { [key: string]: Json } });
