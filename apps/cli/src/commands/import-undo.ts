import { Refusal } from "@daybook/event";
import { asDaybook, getImport, perform, read, undoImport, undoImports } from "@daybook/services";
import { chooseOrganization } from "./choose-organization.ts";
import { defineCommand } from "./define-command.ts";

export const importUndo = defineCommand({
  name: "import undo",
  usage: "import undo <id> [--organization SLUG] takes the events of one import out of the log",
  options: { organization: { type: "string", help: "the organization's name in URLs" } },
  async run({ platform, positionals, options, say }) {
    const [importId, ...rest] = positionals;
    if (!importId || rest.length > 0) throw new Refusal("invalid", "Say the import: pnpm -s daybook import undo 0193…  (`import list` shows them)");
    const organization = await chooseOrganization(platform, options["organization"]);
    const context = asDaybook(organization.id, "Operator");
    const { events } = await perform(platform, context, undoImport, { importId });
    say(`Taking out ${events} events`);
    // The worker does it as well; whoever comes first.
    await undoImports(platform);
    const undone = await read(platform, context, getImport, { importId });
    return { json: undone, lines: [`${undone.undoneEvents} events of ${undone.fileName} are gone. The same file can be imported again.`] };
  },
});
