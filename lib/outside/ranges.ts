import 'server-only';
import { BlockList, isIP } from 'node:net';

type Range = readonly [net: string, prefix: number, family: 'ipv4' | 'ipv6'];

/**
 * Never asked, wherever providers live: what these hold is a machine's own, such as the credentials of a
 * cloud.
 */
const FORBIDDEN: readonly Range[] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  // The metadata of Azure, of Alibaba and of Oracle are outside of that block.
  ['168.63.129.16', 32, 'ipv4'],
  ['100.100.100.200', 32, 'ipv4'],
  ['192.0.0.192', 32, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
  ['::', 128, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
  ['fd00:ec2::', 32, 'ipv6'],
  ['fd20:ce::', 32, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
];
/** IANA's tables of special addresses; asked only where the operator says that providers live inside. */
const SPECIAL: readonly Range[] = [
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.0.2.0', 24, 'ipv4'],
  ['192.31.196.0', 24, 'ipv4'],
  ['192.52.193.0', 24, 'ipv4'],
  ['192.88.99.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['192.175.48.0', 24, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['198.51.100.0', 24, 'ipv4'],
  ['203.0.113.0', 24, 'ipv4'],
  ['2001::', 23, 'ipv6'],
  ['2001:db8::', 32, 'ipv6'],
  ['2002::', 16, 'ipv6'],
  ['2620:4f:8000::', 48, 'ipv6'],
  ['3fff::', 20, 'ipv6'],
];
const listOf = (ranges: readonly Range[]): BlockList => {
  const list = new BlockList();
  for (const [net, prefix, family] of ranges) list.addSubnet(net, prefix, family);
  return list;
};
const forbidden = listOf(FORBIDDEN);
const special = listOf(SPECIAL);
/**
 * Everything that is given out on the IPv6 internet; whatever else there is, or will be, is no public
 * address.
 */
const globalV6 = listOf([['2000::', 3, 'ipv6']]);

/** The eight groups of an IPv6 address as numbers. */
export function groupsOf(address: string): readonly number[] {
  const plain = address.split('%', 1)[0] ?? '';
  const withHex = plain.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_all, a, b, c, d) =>
    [Number(a) * 256 + Number(b), Number(c) * 256 + Number(d)].map((part) => part.toString(16)).join(':'),
  );
  const [head = '', tail] = withHex.split('::');
  const parse = (text: string) => (text ? text.split(':').map((part) => Number.parseInt(part, 16)) : []);
  const first = parse(head);
  const last = tail === undefined ? [] : parse(tail);
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - first.length - last.length);
  return [...first, ...Array.from({ length: zeros }, () => 0), ...last];
}

const isZero = (groups: readonly number[]): boolean => groups.every((group) => group === 0);

/**
 * The IPv4 address that an IPv6 address stands for by one of the ways of translation; null for an address of
 * its own.
 */
export function embeddedV4(address: string): string | null {
  const g = groupsOf(address);
  const [a = 0, b = 0, c = 0] = g;
  const of = (high = 0, low = 0) => [high >> 8, high & 255, low >> 8, low & 255].join('.');
  const last = of(g[6], g[7]);
  // Mapped (::ffff:0:0/96), compatible (::/96) and translated (::ffff:0:0:0/96).
  if (isZero(g.slice(0, 5)) && g[5] === 0xffff) return last;
  if (isZero(g.slice(0, 6)) && (g[6] ?? 0) > 0) return last;
  if (isZero(g.slice(0, 4)) && g[4] === 0xffff && g[5] === 0) return last;
  // NAT64, by the well-known prefix and by local ones, and 6to4.
  if (a === 0x64 && b === 0xff9b && isZero(g.slice(2, 6))) return last;
  if (a === 0x64 && b === 0xff9b && c === 1) return last;
  if (a === 0x2002) return of(b, c);
  return null;
}

/**
 * Whether an address may be asked that a customer gave, or that a customer's server led to: not we ourselves
 * and not our neighbours. `allowInsiders` lets private ones pass, never the forbidden ones.
 */
export function isOutside(address: string, allowInsiders: boolean): boolean {
  const family = isIP(address);
  if (family === 0) return false;
  if (family === 4) {
    if (forbidden.check(address, 'ipv4')) return false;
    return allowInsiders || !special.check(address, 'ipv4');
  }
  // A zone names one of our network cards.
  if (address.includes('%') || forbidden.check(address, 'ipv6')) return false;
  const v4 = embeddedV4(address);
  if (v4 && forbidden.check(v4, 'ipv4')) return false;
  if (allowInsiders) return true;
  return globalV6.check(address, 'ipv6') && !special.check(address, 'ipv6');
}
