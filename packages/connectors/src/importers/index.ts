import type { Importer } from "../define-importer.ts";
import { azureActivity } from "./azure-activity.ts";
import { cloudtrail } from "./cloudtrail.ts";
import { databricks } from "./databricks.ts";
import { entra } from "./entra.ts";
import { gcp } from "./gcp.ts";
import { github } from "./github.ts";
import { googleWorkspace } from "./google-workspace.ts";
import { m365 } from "./m365.ts";
import { okta } from "./okta.ts";
import { slack } from "./slack.ts";
import { snowflake } from "./snowflake.ts";

/** Every importer that Daybook has. The command, the upload page and the conformance test read this list. */
export const importers = [
  github,
  okta,
  cloudtrail,
  slack,
  googleWorkspace,
  m365,
  entra,
  azureActivity,
  gcp,
  databricks,
  snowflake,
] as const satisfies readonly Importer[];

export const importerOf = (id: string): Importer | undefined => importers.find((importer) => importer.id === id);
