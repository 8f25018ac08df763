import { plural } from "../../ui/numbers.ts";
import { relativeTime } from "../../ui/relative-time.ts";
import type { FailedBefore, Refused } from "./authentication.ts";

const secondsPerMinute = 60;

/** One sentence for an unknown person and a wrong password: the page never says which accounts exist. */
export function refusalWords(result: Refused, step: "password" | "second_factor" | "passkey"): string {
  switch (result.outcome) {
    case "locked":
      return `Sign-in to this address is locked after failed attempts. Try again in ${plural(Math.ceil(result.seconds / secondsPerMinute), "minute")}.`;
    case "too_many":
      return "Too many attempts. Wait a minute and try again.";
    case "unreachable":
      return "The server cannot be reached. Try again.";
    case "start_again":
      return "This took too long. Sign in once more.";
    case "given_up":
      return "No passkey was used. Try again, or use your password.";
    case "refused":
      if (step === "password") return "The e-mail and the password do not belong together.";
      return step === "passkey" ? "This passkey opens no account here. It may have been removed." : "The code is not right, or was used already.";
  }
}

/** "Last failed: 2, 3 minutes ago". */
export const failedWords = ({ count, lastAt }: FailedBefore, now: number): string =>
  `Before this sign-in ${count === 1 ? "one attempt" : `${plural(count, "attempt")}`} failed, the last ${relativeTime(Date.parse(lastAt), now)}.`;
