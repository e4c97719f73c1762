import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { compressAnswer } from './compress.mjs';

const PAGE = '<p>Visual acuity</p>'.repeat(3_000);
const server = createServer((asked, response) => {
  compressAnswer(asked, response);
  response.setHeader('content-type', asked.url === '/picture' ? 'image/png' : 'text/html');
  response.write(PAGE.slice(0, 100));
  if (asked.url !== '/slow') response.end(PAGE.slice(100));
});
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(() => server.close());

const get = (path: string, encoding: string) =>
  new Promise<{ encoding: string | undefined; body: Buffer }>((resolve, reject) => {
    const { port } = server.address() as AddressInfo;
    request({ port, path, headers: { 'accept-encoding': encoding } }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () =>
        resolve({ encoding: answer.headers['content-encoding'], body: Buffer.concat(chunks) }),
      );
    })
      .on('error', reject)
      .end();
  });

it('compresses text for a browser that takes it', async () => {
  const { encoding, body } = await get('/', 'gzip, br');
  expect(encoding).toBe('gzip');
  expect(gunzipSync(body).toString()).toBe(PAGE);
  expect(body.length).toBeLessThan(PAGE.length / 10);
});

it('leaves pictures alone, and who takes nothing compressed', async () => {
  expect((await get('/picture', 'gzip')).encoding).toBeUndefined();
  const plain = await get('/', 'identity');
  expect(plain.encoding).toBeUndefined();
  expect(plain.body.toString()).toBe(PAGE);
});

it('survives somebody who goes away in the middle', async () => {
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => {
    const asked = request({ port, path: '/slow', headers: { 'accept-encoding': 'gzip' } });
    asked.on('error', () => resolve());
    asked.on('close', () => resolve());
    asked.end();
    setTimeout(() => asked.destroy(), 50);
  });
  expect((await get('/', 'gzip')).body.length).toBeGreaterThan(0);
});
