/** What turns the reading direction around, or shows nothing: inside a value it could make a change read as another one. */
const deceptive = /[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;

/** Told by its number, as JSON may. */
export const revealed = (text: string): string => text.replace(deceptive, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** A value as JSON, with every character in the place where it is read. */
export const quoted = (value: unknown): string => revealed(JSON.stringify(value) ?? "null");
