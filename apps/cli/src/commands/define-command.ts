import type { Platform } from "@daybook/services";

/** What a command answers: one object for `--json`, and the same in lines for people. */
interface Answer {
  json: object;
  lines: string[];
}

interface Described {
  /** `token create`. */
  name: string;
  usage: string;
  options: Record<string, { type: "string" | "boolean"; help: string }>;
}

/** A command is a value: words, options, and what it does with the verbs. */
export interface Command extends Described {
  run(call: Call & { platform: Platform }): Promise<Answer>;
}

/** A command about what stands in the code: it runs without a database, so also before Daybook was ever started. */
export interface OfflineCommand extends Described {
  offline: true;
  run(call: Call): Answer;
}

interface Call {
  positionals: string[];
  options: Record<string, string | undefined>;
  /** The boolean options that were given. */
  flags: ReadonlySet<string>;
  /** Progress for people; goes to standard error, so that `--json` stays one line. */
  say(line: string): void;
}

export const defineCommand = (command: Command): Command => command;
export const defineOfflineCommand = (command: OfflineCommand): OfflineCommand => command;
