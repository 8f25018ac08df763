/** A message of RFC 5424; what is nil (`-`) is absent. */
export interface SyslogMessage {
  facility: number;
  severity: number;
  timestamp?: string;
  host?: string;
  app?: string;
  process?: string;
  messageId?: string;
  /** Elements in their order, each with its parameters in theirs. */
  structuredData: { id: string; params: [name: string, value: string][] }[];
  text: string;
  /** How the bytes were read, where it is not UTF-8. */
  encoding?: "latin1";
}

const priorityMax = 191;
const byteOrderMark = "\uFEFF";
/** An element or parameter beyond is a sign of something else than a log message. */
const elementsMax = 64;
const paramsMax = 256;

const header = /^<(\d{1,3})>1 (\S{1,64}) (\S{1,255}) (\S{1,48}) (\S{1,128}) (\S{1,32}) /;
const elementStart = /\[([^\s=\]"]{1,32})/y;
const param = / ([^\s=\]"]{1,32})="((?:[^"\\\]]|\\[\s\S])*)"/y;

/** Null for what is no message of RFC 5424. */
export function parseSyslogMessage(line: string): SyslogMessage | null {
  const match = header.exec(line);
  const priority = Number(match?.[1]);
  if (!match || priority > priorityMax) return null;
  const data = readStructuredData(line, match[0].length);
  if (!data) return null;
  const [, , timestamp, host, app, process, messageId] = match;
  return {
    facility: priority >> 3,
    severity: priority & 7,
    ...told({ timestamp, host, app, process, messageId }),
    structuredData: data.elements,
    text: textFrom(line, data.end),
  };
}

const told = (fields: Record<string, string | undefined>): object => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== "-"));

function readStructuredData(line: string, start: number): { elements: SyslogMessage["structuredData"]; end: number } | null {
  const elements: SyslogMessage["structuredData"] = [];
  let at = start;
  if (line[at] === "-") return endsHere(line, at + 1) ? { elements, end: at + 1 } : null;
  let count = 0;
  while (line[at] === "[") {
    elementStart.lastIndex = at;
    const id = elementStart.exec(line)?.[1];
    if (id === undefined || elements.length === elementsMax) return null;
    at = elementStart.lastIndex;
    const params: [string, string][] = [];
    for (; ; count += 1) {
      param.lastIndex = at;
      const [, name, value] = param.exec(line) ?? [];
      if (name === undefined || value === undefined) break;
      if (count === paramsMax) return null;
      params.push([name, value.replace(/\\(["\\\]])/g, "$1")]);
      at = param.lastIndex;
    }
    if (line[at] !== "]") return null;
    elements.push({ id, params });
    at += 1;
  }
  return elements.length > 0 && endsHere(line, at) ? { elements, end: at } : null;
}

const endsHere = (line: string, at: number): boolean => at === line.length || line[at] === " ";

/** The rest is the text, without the mark that says it is UTF-8. */
function textFrom(line: string, end: number): string {
  const text = line.slice(end + 1);
  return text.startsWith(byteOrderMark) ? text.slice(1) : text;
}
