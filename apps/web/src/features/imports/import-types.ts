import type { inferOutput, Trpc } from "../../trpc.ts";

export type Preview = inferOutput<Trpc["imports"]["preview"]>;
export type Mapping = Preview["suggestion"];
export type MappingField = keyof Mapping["fields"];
export type ImportRun = inferOutput<Trpc["imports"]["list"]>[number];
export type SavedMapping = inferOutput<Trpc["mappings"]["list"]>[number];
