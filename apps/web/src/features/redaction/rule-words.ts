import type { OwnRule } from "./redaction-page.tsx";

export type RuleKind = OwnRule["kind"];

export const kindOptions: readonly { value: RuleKind; label: string }[] = [
  { value: "path", label: "Path" },
  { value: "key", label: "Key" },
  { value: "pattern", label: "Pattern" },
];

/** What stands in the field for each kind, and how it is read. */
export const kindWords: Record<RuleKind, { label: string; example: string; hint: string }> = {
  path: {
    label: "Path",
    example: "metadata.customer.*.email",
    hint: "Everything at this place goes. * stands for one key, ** for any number of them; positions in lists need not be written.",
  },
  key: {
    label: "Key",
    example: "iban",
    hint: "The value under this key goes, wherever it stands in metadata, changes and imported records. Case, _ and - do not matter.",
  },
  pattern: {
    label: "Regular expression",
    example: "\\bT-\\d{4}\\b",
    hint: "What it matches goes, the words around it stay. RE2 syntax; (?i) in front ignores case.",
  },
};

export const ruleSentence = ({ kind, within }: Pick<OwnRule, "kind" | "within">): string => {
  switch (kind) {
    case "path":
      return "Everything at the path";
    case "key":
      return "The value under the key";
    case "pattern":
      return within === null ? "What matches, in every text" : `What matches, within ${within}`;
  }
};
