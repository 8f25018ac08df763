import { asDaybook, listImports, read } from "@daybook/services";
import { chooseOrganization } from "./choose-organization.ts";
import { defineCommand } from "./define-command.ts";

export const importList = defineCommand({
  name: "import list",
  usage: "import list [--organization SLUG]      the last hundred imports, newest first",
  options: { organization: { type: "string", help: "the organization's name in URLs" } },
  async run({ platform, options }) {
    const organization = await chooseOrganization(platform, options["organization"]);
    const imports = await read(platform, asDaybook(organization.id, "Operator"), listImports, undefined);
    return {
      json: { imports },
      lines:
        imports.length === 0
          ? ["Nothing was imported yet."]
          : imports.map((each) =>
              [
                each.id,
                each.startedAt,
                each.state,
                each.vendor,
                each.fileName,
                `${each.created} created, ${each.duplicates} there already, ${each.problemsTotal} problems`,
              ].join("  "),
            ),
    };
  },
});
