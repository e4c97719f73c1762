import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { clientAddress, trustForwardedFor } from './client-address';

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
