const octet = "0*(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)";
const v4Pattern = new RegExp(`^${octet}(?:\\.${octet}){3}$`);

/**
 * The IP address in a vendor's text, or null when it holds none (`AWS Internal`, `redacted`, a service's name). A port, brackets and an IPv6
 * zone are dropped, zeros that pad an octet too, and an IPv4 address inside IPv6 is written as IPv4, so that one machine has one spelling.
 */
export function parseAddress(text: string): string | null {
  if (text.length > 64) return null;
  const [, bracketed, withPort] = /^\[([^\]]+)\](?::\d{1,5})?$|^([\d.]+):\d{1,5}$/.exec(text) ?? [];
  const address = (bracketed ?? withPort ?? text).trim();
  return v4(address) ?? (withPort === undefined ? v6(address) : null);
}

function v4(text: string): string | null {
  if (!v4Pattern.test(text)) return null;
  return text.split(".").map(Number).join(".");
}

function v6(text: string): string | null {
  const [address = "", zone] = text.toLowerCase().split("%");
  if (zone === "" || !/^[0-9a-f:.]+$/.test(address)) return null;
  const mapped = /^::ffff:([\d.]+)$/.exec(address)?.[1];
  if (mapped !== undefined) return v4(mapped);
  const halves = address.split("::");
  if (halves.length > 2) return null;
  const groups = halves.flatMap((half) => (half === "" ? [] : half.split(":")));
  const last = groups.at(-1) ?? "";
  const tail = v4Pattern.test(last) ? 2 : 1;
  const sixteens = tail === 2 ? groups.slice(0, -1) : groups;
  if (!sixteens.every((group) => /^[0-9a-f]{1,4}$/.test(group))) return null;
  const count = sixteens.length + (tail === 2 ? 2 : 0);
  return (halves.length === 2 ? count < 8 : count === 8) ? address : null;
}
