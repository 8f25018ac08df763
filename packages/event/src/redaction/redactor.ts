import type { Changes, FieldChange, Json, Redaction } from "../audit-event.ts";
import { assignedSecretRule, isSecretFlag } from "./assigned-secret.ts";
import { isCardNumber, namesAnId } from "./card-number.ts";
import { beginsJson, embeddedJson } from "./embedded-json.ts";
import type { Trail } from "./path-pattern.ts";
import { hasReached, step } from "./path-pattern.ts";
import { cut, outsideMarks, redactText, shortestSecret } from "./redact-text.ts";
import { Rules } from "./rules.ts";
import type { KeyFacts, OwnRule, Root } from "./rules.ts";
import type { KeyRule } from "./secret-keys.ts";
import { firstOfPair, isValueMember, keyRuleOf } from "./secret-keys.ts";
import { hidesNothing, redactedMark } from "./secret-value.ts";
import { rulesFor } from "./text-rules.ts";

/** What makes the holes. One organization's is compiled once from the built-in rules and its own. */
export interface Redactor {
  json(value: Json, path: string, redactions: Redaction[]): Json;
  text(value: string, path: string, redactions: Redaction[]): string;
  /** The texts of a small record such as an actor. */
  texts<Named extends object>(record: Named, path: string, redactions: Redaction[]): Named;
  changes(changes: Changes, redactions: Redaction[]): Changes;
}

/** JSON inside a text inside a text: real records have one such level, some two. */
const embeddedDepthMax = 3;
/** Real records are at most 12 levels deep. What lies deeper is not looked through, so it is not kept. */
const depthMax = 64;
/** Holes that are listed for one event; the last entry then says that there are more. */
const holesMax = 1_000;
const listedPathMax = 1_024;

export const depthRule = "limit.depth";
export const moreRule = "limit.more";
/** Stands beside the pattern that a text took too much work for. */
export const workRule = "limit.work";

/** The rules that hold everywhere, and those of one organization behind them in their order. */
export function makeRedactor(own: readonly OwnRule[]): Redactor {
  const rules = new Rules(own);
  const text = (value: string, path: string, redactions: Redaction[]): string =>
    isOrdinary(value) && rules.leaves(path) ? value : (new Pass(rules, path, redactions).begin(value) as string);
  return {
    text,
    json: (value, path, redactions) => new Pass(rules, path, redactions).begin(value),
    changes: (changes, redactions) => new Pass(rules, "changes", redactions).changes(changes),
    texts(record, path, redactions) {
      let copy: typeof record | null = null;
      for (const key in record) {
        const value: unknown = record[key];
        if (typeof value !== "string" || (rules.own.length === 0 && isOrdinary(value))) continue;
        const next = decidesWhatItIs.has(key) ? builtInRedactor.text(value, `${path}.${key}`, redactions) : text(value, `${path}.${key}`, redactions);
        if (next !== value) copy = { ...(copy ?? record), [key]: next };
      }
      return copy ?? record;
    },
  };
}

/** Words that decide what an event is about: the built-in rules hold there, an organization's do not. */
const decidesWhatItIs = new Set(["type"]);

const isOrdinary = (text: string): boolean => text.length < shortestSecret || (rulesFor(text).length === 0 && !beginsJson.test(text));

/** One walk through one value. */
class Pass {
  private readonly rules: Rules;
  private readonly redactions: Redaction[];
  private readonly root: Root;
  private readonly segments: string[];
  private depth = 0;
  private embedded = 0;

  constructor(rules: Rules, path: string, redactions: Redaction[]) {
    this.rules = rules;
    this.redactions = redactions;
    this.root = rules.root(path);
    this.segments = [...this.root.segments];
  }

  begin(value: Json): Json {
    const { rule, trail } = this.root;
    return rule !== null && holds(value) ? this.hole(rule) : this.value(value, this.segments.at(-1) ?? "", trail);
  }

  changes({ fields, before, after }: Changes): Changes {
    const { segments } = this;
    const { trail } = this.root;
    segments.push("fields");
    const kept = fields.map((field, index) => {
      segments.push(String(index));
      const next = this.field(field, trail);
      segments.pop();
      return next;
    });
    segments.pop();
    return {
      fields: kept,
      ...(before !== undefined && { before: this.side("before", before, trail) }),
      ...(after !== undefined && { after: this.side("after", after, trail) }),
    };
  }

  /** `changes.salary` means the field of either side, as it does in the list of changed fields. */
  private side(name: "before" | "after", value: Json, trail: Trail): Json {
    const both = trail.length === 0 ? trail : [...trail, ...step(this.rules.paths, trail, name)];
    return this.inside(name, () => this.value(value, name, both));
  }

  /** A changed field with a secret name keeps the fact that it changed, and neither value. */
  private field(field: FieldChange, trail: Trail): FieldChange {
    const { rule, key, along } = this.named(field.path, trail);
    const next: FieldChange = { path: this.inside("path", () => this.text(field.path, "", [])) };
    for (const name of sides) {
      const value = field[name];
      if (value === undefined) continue;
      next[name] = this.inside(name, () => (rule !== null && holds(value) ? this.hole(rule) : this.value(value, key, along)));
    }
    return next;
  }

  /** The rule that a field's path falls under: its last word is its key, and one before may be a key under which everything goes. */
  private named(path: string, trail: Trail): { rule: string | null; key: string; along: Trail } {
    if (trail.length === 0 && !/[./[\]]/.test(path)) {
      const { builtIn, own } = this.rules.key(path);
      return { rule: builtIn?.id ?? own, key: path, along: trail };
    }
    const words = path.split(/[./[\]]+/).filter((word) => word !== "");
    let along = trail;
    let rule: string | null = null;
    for (const [at, word] of words.entries()) {
      along = step(this.rules.paths, along, word, /^\d+$/.test(word));
      const { builtIn, own } = this.rules.key(word);
      const whole = builtIn !== null && (builtIn.takes === "anything" || at === words.length - 1) ? builtIn.id : null;
      rule ??= whole ?? own ?? this.rules.byPath(along);
    }
    return { rule, key: words.at(-1) ?? "", along };
  }

  private value(value: Json, key: string, trail: Trail): Json {
    if (typeof value === "string") return this.text(value, key, trail);
    if (typeof value === "number") return this.number(value, key, trail);
    if (typeof value !== "object" || value === null || JSON.isRawJSON(value)) return value;
    if (this.depth >= depthMax) return this.hole(depthRule);
    return this.deeper(() => (Array.isArray(value) ? this.list(value, key, trail) : this.record(value, trail)));
  }

  /** Copies only when something in it changes, so that an ordinary event costs no memory. `rule`: the list stands under a key of secrets. */
  private list(list: Json[], key: string, trail: Trail, rule: KeyRule | null = null): Json[] {
    const facts = rule && { ...noFacts, builtIn: rule };
    let copy: Json[] | null = null;
    const { paths, positions } = this.rules;
    // One step for all items, because a list may have tens of thousands of them, and a step looks at each path.
    const anywhere = step(paths, trail, anyPosition, true);
    for (const [at, item] of list.entries()) {
      const position = String(at);
      const along = positions.has(position) ? step(paths, trail, position, true) : anywhere;
      this.segments.push(position);
      const before = at === 0 ? null : list[at - 1];
      const next =
        typeof before === "string" && typeof item === "string" && isSecretFlag(before) && !item.startsWith("-") && holds(item)
          ? this.hole(assignedSecretRule.id)
          : this.member(item, key, facts, along);
      this.segments.pop();
      if (next !== item) copy ??= [...list];
      if (copy) copy[at] = next;
    }
    return copy ?? list;
  }

  private record(record: { [key: string]: Json }, trail: Trail, valueRule: KeyRule | null = null): { [key: string]: Json } {
    const pairRule = valueRule ?? firstOfPair(record, keyRuleOf);
    const ownPair = this.rules.ownPair(record);
    const keys = Object.keys(record);
    let copy: { [key: string]: Json } | null = null;
    for (const [at, key] of keys.entries()) {
      const facts = this.rules.key(key);
      const item = record[key] ?? null;
      const kept = facts.clean ?? key;
      this.segments.push(kept);
      if (facts.clean !== null) for (const rule of facts.cleanRules) this.note(rule);
      const next = this.member(item, key, ofPair(key, facts, { builtIn: pairRule, own: ownPair }), step(this.rules.paths, trail, key));
      this.segments.pop();
      if (copy === null && (next !== item || facts.clean !== null)) copy = copyOf(record, keys.slice(0, at));
      if (copy) put(copy, kept, next);
    }
    return copy ?? record;
  }

  /** A value under its key: gone by the key or the path, or looked through. */
  private member(value: Json, key: string, facts: KeyFacts | null, trail: Trail): Json {
    const rule = this.structural(value, facts, trail);
    if (rule !== null) return this.hole(rule);
    const builtIn = facts?.builtIn ?? null;
    return builtIn?.takes === "texts" ? this.described(value, key, { rule: builtIn, trail }) : this.value(value, key, trail);
  }

  /** What stands as a list or an object under a key such as `credentials`: it tells of the secret, and may hold it. */
  private described(value: Json, key: string, { rule, trail }: { rule: KeyRule; trail: Trail }): Json {
    if (typeof value !== "object" || value === null || JSON.isRawJSON(value) || this.depth >= depthMax) return this.value(value, key, trail);
    return this.deeper(() => (Array.isArray(value) ? this.list(value, key, trail, rule) : this.record(value, trail, rule)));
  }

  private structural(value: Json, facts: KeyFacts | null, trail: Trail): string | null {
    const builtIn = facts?.builtIn ?? null;
    const byKey = builtIn !== null && (builtIn.takes === "anything" || typeof value === "string") ? builtIn.id : null;
    const rule = byKey ?? facts?.own ?? this.rules.byPath(trail);
    return rule !== null && holds(value) ? rule : null;
  }

  private number(value: number, key: string, trail: Trail): Json {
    const digits = String(value);
    if (value > 1e12 && Number.isSafeInteger(value) && !namesAnId(key) && isCardNumber(digits)) return this.hole("text.card_number");
    const own = this.rules.patterns.find((pattern) => this.looks(pattern.within, trail) && pattern.find(digits)?.length !== 0);
    return own ? this.hole(own.rule) : value;
  }

  private text(value: string, key: string, trail: Trail): string {
    let result = value;
    if (this.embedded < embeddedDepthMax) result = this.throughEmbedded(result, trail);
    result = redactText(result, key, (rule) => this.note(rule)).text;
    for (const pattern of this.rules.patterns) {
      if (!this.looks(pattern.within, trail)) continue;
      const found = pattern.find(result);
      if (found === null) {
        this.note(pattern.rule);
        return this.hole(workRule);
      }
      const spans = outsideMarks(result, found);
      if (spans.length === 0) continue;
      this.note(pattern.rule);
      result = cut(result, spans);
    }
    return result;
  }

  /** JSON inside a text is looked through as if it stood there itself; when nothing is found, the text keeps its own spelling. */
  private throughEmbedded(text: string, trail: Trail): string {
    const value = embeddedJson(text);
    if (value === undefined) return text;
    this.embedded += 1;
    const next = this.value(value, "", trail);
    this.embedded -= 1;
    return next === value ? text : JSON.stringify(next);
  }

  private looks(within: number | null, trail: Trail): boolean {
    return within === null || hasReached(this.rules.paths, trail, within);
  }

  private inside<Result>(segment: string, run: () => Result): Result {
    this.segments.push(segment);
    const result = run();
    this.segments.pop();
    return result;
  }

  private deeper<Result>(run: () => Result): Result {
    this.depth += 1;
    try {
      return run();
    } finally {
      this.depth -= 1;
    }
  }

  private hole(rule: string): string {
    this.note(rule);
    return redactedMark;
  }

  private note(rule: string): void {
    if (this.redactions.length >= holesMax) return;
    if (this.redactions.length === holesMax - 1) {
      this.redactions.push({ path: "", rule: moreRule });
      return;
    }
    const path = this.segments.join(".");
    this.redactions.push({ path: path.length > listedPathMax ? `${path.slice(0, listedPathMax)}…` : path, rule });
  }
}

const sides = ["before", "after"] as const;
/** No word of a path: a path has no empty word. */
const anyPosition = "";
const noFacts: KeyFacts = { builtIn: null, own: null, clean: null, cleanRules: [] };

/** A value of a pair stands under the pair's name as well as under its own key. */
function ofPair(key: string, facts: KeyFacts, pair: Pick<KeyFacts, "builtIn" | "own">): KeyFacts {
  if ((pair.builtIn === null && pair.own === null) || !isValueMember(key)) return facts;
  return { ...facts, builtIn: facts.builtIn ?? pair.builtIn, own: facts.own ?? pair.own };
}

/** Whether there is anything to hide: a mask, `true` and null are none. */
function holds(value: Json): boolean {
  if (typeof value === "string") return !hidesNothing(value);
  if (typeof value === "object") return value !== null && (JSON.isRawJSON(value) || Object.keys(value).length > 0);
  return typeof value === "number";
}

const copyOf = (record: { [key: string]: Json }, keys: readonly string[]): { [key: string]: Json } => {
  const copy: { [key: string]: Json } = {};
  for (const key of keys) put(copy, key, record[key] ?? null);
  return copy;
};

/** Two keys that became one are told apart; `__proto__` is a key like any other. */
function put(record: { [key: string]: Json }, key: string, value: Json): void {
  let name = key;
  for (let copy = 2; Object.hasOwn(record, name) && key.includes(redactedMark); copy += 1) name = `${key} ${copy}`;
  if (name === "__proto__") Object.defineProperty(record, name, { value, enumerable: true, configurable: true, writable: true });
  else record[name] = value;
}

/** The rules that hold everywhere. */
export const builtInRedactor: Redactor = makeRedactor([]);
