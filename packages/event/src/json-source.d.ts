/** What the engine knows of a number's own text (Node 22 and later, current browsers); `lib.es2024` does not declare it yet. */
interface JSON {
  parse(text: string, reviver: (this: unknown, key: string, value: unknown, context: { source?: string }) => unknown): unknown;
  rawJSON(text: string): { rawJSON: string };
  isRawJSON(value: unknown): value is { rawJSON: string };
}
