import { expect, it } from 'vitest';
import { embeddedV4, groupsOf, isOutside } from './ranges';

/** Of each range of IANA's two tables of special addresses: the first address, one within, the last. */
const SPECIAL = [
  ['10.0.0.0', '10.1.2.3', '10.255.255.255'],
  ['100.64.0.0', '100.127.255.255'],
  ['127.0.0.1', '127.255.255.255'],
  ['172.16.0.0', '172.20.0.1', '172.31.255.255'],
  ['192.0.0.0', '192.0.0.255'],
  ['192.0.2.0', '192.0.2.255'],
  ['192.31.196.1', '192.52.193.1', '192.88.99.1', '192.175.48.1'],
  ['192.168.0.0', '192.168.255.255'],
  ['198.18.0.0', '198.19.255.255'],
  ['198.51.100.1', '203.0.113.9'],
  ['::1', 'fc00::', 'fd00::1', 'fdff:ffff::1'],
  ['fec0::1', 'feff::1'],
  ['64:ff9b::808:808', '64:ff9b:1::808:808', '64:ff9b:1:ffff::808:808'],
  ['100::1', '100:0:0:1::1'],
  ['2001::1', '2001:0:ffff::1', '2001:2::1', '2001:10::1', '2001:20::1', '2001:1ff:ffff::1'],
  ['2001:db8::1', '2002:808:808::1', '2620:4f:8000::1', '3fff::1', '3fff:fff::1', '5f00::1'],
  ['::8.8.8.8', '::ffff:10.0.0.1', '::ffff:8.8.8.8', '::ffff:0:8.8.8.8', '4000::1', '8000::1'],
].flat();
const FORBIDDEN = [
  ['0.0.0.0', '0.255.255.255', '169.254.169.254', '169.254.0.1', '168.63.129.16', '100.100.100.200'],
  ['192.0.0.192', '224.0.0.1', '239.255.255.255', '240.0.0.1', '255.255.255.255'],
  ['::', 'fe80::1', 'febf::1', 'fe80::1%eth0', 'ff00::1', 'ff02::1', 'fd00:ec2::254', 'fd20:ce::254'],
  ['::ffff:169.254.169.254', '::ffff:a9fe:a9fe', '0:0:0:0:0:ffff:a9fe:a9fe', '::169.254.169.254'],
  ['::ffff:0:169.254.169.254', '64:ff9b::a9fe:a9fe', '64:ff9b:1::169.254.169.254', '2002:a9fe:a9fe::'],
  ['::ffff:0.0.0.0', '64:ff9b::168.63.129.16'],
].flat();

it('an address of a special range is asked only where insiders are', () => {
  for (const address of SPECIAL)
    expect([address, isOutside(address, false), isOutside(address, true)]).toEqual([address, false, true]);
});

it('what a machine or a cloud keeps for itself is never asked, in whichever spelling', () => {
  for (const address of FORBIDDEN)
    expect([address, isOutside(address, false), isOutside(address, true)]).toEqual([address, false, false]);
});

it('the internet is asked, also beside the special ranges', () => {
  for (const address of [
    ['8.8.8.8', '9.255.255.255', '11.0.0.0', '100.63.255.255', '100.128.0.0', '126.0.0.1', '172.15.255.255'],
    ['172.32.0.0', '192.0.1.1', '192.167.1.1', '198.17.1.1', '198.20.0.1', '203.0.112.1', '223.255.255.255'],
    ['2606:2800:220:1::1', '2001:200::1', '2001:db9::1', '2003::1', '2620:4f:8001::1', '3ffe::1'],
  ].flat())
    expect([address, isOutside(address, false)]).toEqual([address, true]);
});

it('what is no address is not asked', () => {
  for (const text of ['', 'localhost', '1', '0x7f000001', '127.1', '8.8.8.8:80', '[::1]'])
    expect([text, isOutside(text, true)]).toEqual([text, false]);
});

it('spellings of an IPv6 address are one', () => {
  for (const text of ['2001:db8::1', '2001:0DB8:0:0:0:0:0:1', '2001:db8::0.0.0.1', '2001:db8::1%eth0'])
    expect(groupsOf(text), text).toEqual([0x2001, 0xdb8, 0, 0, 0, 0, 0, 1]);
  expect(embeddedV4('::1')).toBe(null);
  expect(embeddedV4('2001:db8::1')).toBe(null);
  expect(embeddedV4('2002:102:304::')).toBe('1.2.3.4');
});
