import ipaddr from "ipaddr.js";

/** `metadata` is never reached, whatever the operator allows: it hands out the credentials of the machine that Daybook runs on. */
export type Verdict = "public" | "allowed" | "forbidden" | "metadata";

/** Says of an address, as text, whether Daybook may connect to it for somebody else. */
export type AddressGuard = (address: string) => Verdict;

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Network = [ipaddr.IPv4, number] | [ipaddr.IPv6, number];

// Not one list for both kinds: `::/8` would hold every IPv4 address, seen as `::ffff:a.b.c.d`.
const closed4 = networks(
  "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24",
  "192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4",
);
const closed6 = networks("::/8 64:ff9b:1::/48 100::/64 2001::/23 2001:db8::/32 2002::/16 3fff::/20 5f00::/16 fc00::/7 fe80::/10 fec0::/10 ff00::/8");
/** AWS and those that follow it, ECS tasks, EKS pods, Alibaba, Oracle, and Azure's host, which lies among public addresses. */
const metadata = networks(
  "169.254.169.254/32 169.254.170.2/32 169.254.170.23/32 100.100.100.200/32 192.0.0.192/32 168.63.129.16/32",
  "fd00:ec2::254/128 fd00:ec2::23/128 fd20:ce::254/128",
);
const nat64 = networks("64:ff9b::/96");
const sixToFour = networks("2002::/16");
const compatible = networks("::/96");

const networksMax = 64;

/** `allowed` are networks that the operator opened, in CIDR notation. */
export function openAddressGuard(allowed: readonly string[]): AddressGuard {
  if (allowed.length > networksMax) throw new Error(`DAYBOOK_ALLOWED_NETWORKS holds ${networksMax} networks at most`);
  const opened = allowed.map(networkOf);
  return (text) => {
    const address = parse(text);
    if (address === null) return "forbidden";
    const inner = embedded(address);
    if ([address, ...inner].some((one) => isIn(one, metadata))) return "metadata";
    const judged = inner.find(() => isIn(address, nat64)) ?? address;
    if (isIn(judged, opened) || isIn(address, opened)) return "allowed";
    if (judged.kind() === "ipv4") return isIn(judged, closed4) ? "forbidden" : "public";
    return isIn(judged, closed6) ? "forbidden" : "public";
  };
}

/** An address as the system or a URL states it; the shorthands that some tools read as addresses are none. */
function parse(text: string): Address | null {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
  if (text.includes("%") || !ipaddr.IPv6.isValid(text)) return null;
  const address = ipaddr.IPv6.parse(text);
  return address.isIPv4MappedAddress() ? address.toIPv4Address() : address;
}

/** The IPv4 addresses that a gateway may read out of an IPv6 address. */
function embedded(address: Address): ipaddr.IPv4[] {
  if (!(address instanceof ipaddr.IPv6)) return [];
  const bytes = address.toByteArray();
  if (isIn(address, nat64) || isIn(address, compatible)) return [new ipaddr.IPv4(bytes.slice(12))];
  return isIn(address, sixToFour) ? [new ipaddr.IPv4(bytes.slice(2, 6))] : [];
}

function networks(...lines: string[]): Network[] {
  return lines.flatMap((line) => line.split(" ")).map(networkOf);
}

function networkOf(text: string): Network {
  try {
    return ipaddr.parseCIDR(text) as Network;
  } catch {
    throw new Error(`${JSON.stringify(text)} is not a network such as 10.0.0.0/8 or fd00::/8`);
  }
}

const isIn = (address: Address, list: readonly Network[]): boolean =>
  list.some(([network, bits]) => network.kind() === address.kind() && address.match(network as ipaddr.IPv4 & ipaddr.IPv6, bits));

/** An address in one spelling, so that two can be compared. */
export const canonical = (text: string): string => parse(text)?.toString() ?? text;
