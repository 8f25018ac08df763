/** Where JSON values end, found without parsing them, so that one broken record does not take the others with it. */
export const QUOTE = 0x22;
export const COLON = 0x3a;
const BACKSLASH = 0x5c;
const NEWLINE = 0x0a;
export const OPEN_ARRAY = 0x5b;
export const CLOSE_ARRAY = 0x5d;
export const OPEN_OBJECT = 0x7b;
export const CLOSE_OBJECT = 0x7d;

/** The index behind the value at `start`, found by brackets and quotes alone; undefined when it never ends. */
export function endOfValue(text: string, start: number): number | undefined {
  const first = text.charCodeAt(start);
  if (first === QUOTE) return endOfString(text, start);
  if (first !== OPEN_OBJECT && first !== OPEN_ARRAY) return endOfWord(text, start);
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      const end = endOfString(text, at);
      if (end === undefined) return undefined;
      at = end - 1;
    } else if (code === OPEN_OBJECT || code === OPEN_ARRAY) depth += 1;
    else if ((code === CLOSE_OBJECT || code === CLOSE_ARRAY) && --depth === 0) return at + 1;
  }
  return undefined;
}

/** A string never spans lines in JSON, so a missing quote costs one line and not the rest of the file. */
export function endOfString(text: string, start: number): number | undefined {
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at += 1;
    else if (code === QUOTE) return at + 1;
    else if (code === NEWLINE) return undefined;
  }
  return undefined;
}

function endOfWord(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && !",]}\n\r\t ".includes(text.charAt(at))) at += 1;
  return at;
}

export function lineEndOf(text: string, start: number): number {
  const end = text.indexOf("\n", start);
  return end === -1 ? text.length : end;
}

export function afterSpace(text: string, at: number): number {
  while (at < text.length && " \n\r\t".includes(text.charAt(at))) at += 1;
  return at;
}
