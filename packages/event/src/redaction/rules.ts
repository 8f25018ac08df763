import type { PathPattern, Trail } from "./path-pattern.ts";
import { beginningOf, reached, step } from "./path-pattern.ts";
import { redactText } from "./redact-text.ts";
import type { KeyRule } from "./secret-keys.ts";
import { firstOfPair, keyRuleOf, plainKey } from "./secret-keys.ts";
import type { Span } from "./text-rule.ts";

const keysRememberedMax = 5_000;
const rememberedKeyLengthMax = 64;
const rootsRememberedMax = 200;

/** A rule of an organization, compiled. `rule` is what its holes are listed with. */
export type OwnRule = { rule: string } & (
  | { kind: "path"; path: PathPattern }
  | { kind: "key"; key: string }
  /** `within`: only there; null: everywhere. `find` returns null for a text that takes too much work: that text goes whole. */
  | { kind: "pattern"; within: PathPattern | null; find: (text: string) => Span[] | null }
);

/** What the rules say of a key. */
export interface KeyFacts {
  builtIn: KeyRule | null;
  own: string | null;
  /** The key as it may be kept; null when it may stay as it is. */
  clean: string | null;
  cleanRules: readonly string[];
}

/** Where a walk begins. */
export interface Root {
  segments: readonly string[];
  trail: Trail;
  rule: string | null;
}

/** The rules of one organization, ready to be walked with, and what they were found to say so far. */
export class Rules {
  readonly own: readonly OwnRule[];
  /** The paths of path rules, in the order of the rules; then those that patterns are confined to. */
  readonly paths: PathPattern[] = [];
  readonly pathRules: string[] = [];
  readonly patterns: { rule: string; within: number | null; find: (text: string) => Span[] | null }[] = [];
  /** Positions in lists that a path names; all others are alike. */
  readonly positions = new Set<string>();
  private readonly ownKeys = new Map<string, string>();
  private readonly keys = new Map<string, KeyFacts>();
  private readonly roots = new Map<string, Root>();

  constructor(own: readonly OwnRule[]) {
    this.own = own;
    for (const rule of own) {
      if (rule.kind === "key") this.ownKeys.set(plainKey(rule.key), this.ownKeys.get(plainKey(rule.key)) ?? rule.rule);
      if (rule.kind !== "path") continue;
      this.paths.push(rule.path);
      this.pathRules.push(rule.rule);
    }
    for (const rule of own) {
      if (rule.kind !== "pattern") continue;
      this.patterns.push({ rule: rule.rule, find: rule.find, within: rule.within === null ? null : this.paths.length });
      if (rule.within !== null) this.paths.push(rule.within);
    }
    for (const { words } of this.paths) for (const word of words) if (/^\d+$/.test(word)) this.positions.add(word);
  }

  /** Whether no rule of the organization can touch a text at this place. */
  leaves(path: string): boolean {
    if (this.own.length === 0) return true;
    return this.patterns.length === 0 && this.root(path).rule === null;
  }

  /** The fields that a walk begins at are few. */
  root(path: string): Root {
    const known = this.roots.get(path);
    if (known) return known;
    const segments = path.split(".");
    const trail = segments.reduce((along, segment) => step(this.paths, along, segment, /^\d+$/.test(segment)), beginningOf(this.paths));
    const root = { segments, trail, rule: this.byPath(trail) };
    if (this.roots.size < rootsRememberedMax) this.roots.set(path, root);
    return root;
  }

  /** The path rule that holds where a walk has come to. */
  byPath(trail: Trail): string | null {
    return trail.length === 0 ? null : (this.pathRules[reached(this.paths, trail)] ?? null);
  }

  ownPair(record: { readonly [key: string]: unknown }): string | null {
    return this.ownKeys.size === 0 ? null : firstOfPair(record, (name) => this.ownKeys.get(plainKey(name)) ?? null);
  }

  key(key: string): KeyFacts {
    const known = this.keys.get(key);
    if (known) return known;
    const clean = redactText(key, "", () => {});
    const facts: KeyFacts = {
      builtIn: keyRuleOf(key),
      own: this.ownKeys.get(plainKey(key)) ?? null,
      clean: clean.text === key ? null : clean.text,
      cleanRules: clean.rules,
    };
    if (facts.clean === null && key.length <= rememberedKeyLengthMax) {
      if (this.keys.size >= keysRememberedMax) this.keys.clear();
      this.keys.set(key, facts);
    }
    return facts;
  }
}
