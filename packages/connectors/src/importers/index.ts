import type { Importer } from "../define-importer.ts";
import { cloudtrail } from "./cloudtrail.ts";
import { github } from "./github.ts";
import { okta } from "./okta.ts";

/** Every importer that Daybook has. The command, the upload page and the conformance test read this list. */
export const importers = [github, okta, cloudtrail] as const satisfies readonly Importer[];

export const importerOf = (id: string): Importer | undefined => importers.find((importer) => importer.id === id);
