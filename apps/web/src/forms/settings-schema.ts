import type { Json } from "@daybook/event";

/** A settings schema as the server sends it: JSON Schema of one flat object, each property with its own words. */

type SettingKind = "text" | "secret" | "number" | "switch" | "choice" | "list";

export interface Setting {
  name: string;
  kind: SettingKind;
  title: string;
  hint: string | null;
  unit: string | null;
  required: boolean;
  choices: string[];
  minimum: number | null;
  maximum: number | null;
  whole: boolean;
  fallback: Json | undefined;
}

type Fields = Record<string, unknown>;
export type Settings = Record<string, Json>;

const isObject = (value: unknown): value is Fields => typeof value === "object" && value !== null && !Array.isArray(value);
const textOf = (value: unknown): string | null => (typeof value === "string" ? value : null);
const numberOf = (value: unknown): number | null => (typeof value === "number" && Math.abs(value) < Number.MAX_SAFE_INTEGER ? value : null);

export function settingsOf(schema: unknown): Setting[] {
  if (!isObject(schema)) return [];
  const properties = isObject(schema["properties"]) ? schema["properties"] : {};
  const required = Array.isArray(schema["required"]) ? schema["required"] : [];
  return Object.entries(properties).flatMap(([name, property]) => (isObject(property) ? [settingOf(name, property, required.includes(name))] : []));
}

function settingOf(name: string, property: Fields, required: boolean): Setting {
  const choices = Array.isArray(property["enum"]) ? property["enum"].map(String) : [];
  return {
    name,
    kind: kindOf(property, choices),
    title: textOf(property["title"]) ?? wordsOf(name),
    hint: textOf(property["hint"]) ?? textOf(property["description"]),
    unit: textOf(property["unit"]),
    required: required && property["default"] === undefined,
    choices,
    minimum: numberOf(property["minimum"]) ?? (numberOf(property["exclusiveMinimum"]) === 0 ? 1 : null),
    maximum: numberOf(property["maximum"]),
    whole: property["type"] === "integer",
    fallback: property["default"] as Json | undefined,
  };
}

function kindOf(property: Fields, choices: readonly string[]): SettingKind {
  if (choices.length > 0) return "choice";
  if (property["secret"] === true) return "secret";
  switch (property["type"]) {
    case "boolean":
      return "switch";
    case "number":
    case "integer":
      return "number";
    case "array":
      return "list";
    default:
      return "text";
  }
}

/** `folderPath` → "Folder path". */
function wordsOf(name: string): string {
  const spaced = name
    .replaceAll(/([a-z])([A-Z])/g, "$1 $2")
    .replaceAll("_", " ")
    .toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

/** What the form begins with. Empty optional fields stay out of what is sent. */
export function startingSettings(schema: unknown, known: Fields = {}): Settings {
  return Object.fromEntries(
    settingsOf(schema).flatMap(({ name, fallback }) => {
      const value = (known[name] ?? fallback) as Json | undefined;
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

export function withSetting(settings: Settings, name: string, value: Json | undefined): Settings {
  const { [name]: _, ...rest } = settings;
  return value === "" || value === undefined ? rest : { ...rest, [name]: value };
}
