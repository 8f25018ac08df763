import { BlockList, isIP, isIPv6 } from "node:net";

const mappedPrefix = "::ffff:";

/** The networks as one list that is asked per request. Their texts were checked when they were taken. */
export function networkList(cidrs: readonly string[]): BlockList {
  const list = new BlockList();
  for (const cidr of cidrs) {
    const [address = "", bits = ""] = cidr.split("/");
    list.addSubnet(address, Number(bits), isIPv6(address) ? "ipv6" : "ipv4");
  }
  return list;
}

/** An IPv4 address is itself also where a socket of both families writes it as `::ffff:203.0.113.7`. What is no address is in no network. */
export function listed(list: BlockList, ip: string): boolean {
  const plain = ip.toLowerCase().startsWith(mappedPrefix) && isIP(ip.slice(mappedPrefix.length)) === 4 ? ip.slice(mappedPrefix.length) : ip;
  const family = isIP(plain);
  return family !== 0 && list.check(plain, family === 6 ? "ipv6" : "ipv4");
}
