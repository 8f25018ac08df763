import type { Platform } from "@daybook/services";

/** What a command answers: one object for `--json`, and the same in lines for people. */
interface Answer {
  json: object;
  lines: string[];
}

/** A command is a value: words, options, and what it does with the verbs. */
export interface Command {
  /** `token create`. */
  name: string;
  usage: string;
  options: Record<string, { type: "string"; help: string }>;
  run(call: Call): Promise<Answer>;
}

interface Call {
  platform: Platform;
  positionals: string[];
  options: Record<string, string | undefined>;
  /** Progress for people; goes to standard error, so that `--json` stays one line. */
  say(line: string): void;
}

export const defineCommand = (command: Command): Command => command;
