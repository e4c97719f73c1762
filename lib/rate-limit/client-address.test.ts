import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { clientAddress, networkOf, oneSpelling, trustForwardedFor } from './client-address';

describe('the address a request came from', () => {
  it('is the socket when there is no proxy of ours, whatever the browser writes', () => {
    expect(clientAddress('6.6.6.6', '10.0.0.1', 0)).toBe('10.0.0.1');
    expect(clientAddress(undefined, '::ffff:10.0.0.1', 0)).toBe('10.0.0.1');
  });

  it('is what the outermost proxy of ours saw', () => {
    expect(clientAddress('6.6.6.6, 203.0.113.9', '10.0.0.1', 1)).toBe('203.0.113.9');
    expect(clientAddress('6.6.6.6, 203.0.113.9, 10.0.0.2', '10.0.0.1', 2)).toBe('203.0.113.9');
    expect(clientAddress('', '10.0.0.1', 1)).toBe('10.0.0.1');
  });

  it('is one text however it is spelled, without port and zone', () => {
    for (const [spellings, one] of [
      [
        ['10.0.0.1', '10.0.0.1:54321', '::ffff:10.0.0.1', '::FFFF:a00:1', '0:0:0:0:0:ffff:10.0.0.1'],
        '10.0.0.1',
      ],
      [['[::ffff:10.0.0.1]:443', '[::ffff:a00:1]'], '10.0.0.1'],
      [['::1', '0:0:0:0:0:0:0:1', '[::1]', '[::1]:80', '::1%lo', '0::0:1'], '::1'],
      [['2001:DB8:0:0:0:0:0:1', '2001:db8::1', '[2001:0db8::0001]:8443', '2001:db8::1%eth0'], '2001:db8::1'],
    ] as const)
      for (const text of spellings) {
        expect([text, oneSpelling(text)]).toEqual([text, one]);
        expect([text, clientAddress(text, '10.9.9.9', 1)]).toEqual([text, one]);
      }
    expect(oneSpelling('unknown')).toBe('unknown');
    expect(oneSpelling('x'.repeat(500))).toHaveLength(64);
  });

  it('is of a network: a /64 of IPv6, one address of IPv4', () => {
    const one = networkOf('2001:db8:1:2::1');
    for (const same of ['2001:db8:1:2::2', '2001:db8:1:2:ffff:ffff:ffff:ffff', '[2001:DB8:1:2::9]:443'])
      expect(networkOf(same)).toBe(one);
    for (const other of ['2001:db8:1:3::1', '2001:db8:2:2::1', '::1', '10.0.0.1', 'unknown'])
      expect(networkOf(other)).not.toBe(one);
    expect(networkOf('10.0.0.1')).not.toBe(networkOf('10.0.0.2'));
    expect(networkOf('::ffff:10.0.0.1')).toBe(networkOf('10.0.0.1:99'));
  });

  it('replaces the header before the handler reads it', async () => {
    const stop = trustForwardedFor(0);
    const server = createServer((incoming, answer) => answer.end(incoming.headers['x-forwarded-for']));
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    const { port } = server.address() as AddressInfo;
    const body = await new Promise<string>((done) => {
      const ask = send({ port, host: '127.0.0.1', headers: { 'x-forwarded-for': '6.6.6.6' } }, (answer) => {
        let text = '';
        answer.on('data', (chunk) => {
          text += chunk;
        });
        answer.on('end', () => done(text));
      });
      ask.end();
    });
    stop();
    await new Promise((closed) => server.close(closed));
    expect(body).toBe('127.0.0.1');
  });
});
