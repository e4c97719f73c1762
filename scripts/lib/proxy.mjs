import { createServer, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * @typedef {object} Upstream
 * @property {number} port
 * @property {boolean} isServing takes new requests
 * @property {number} open requests that it has not answered whole
 */

/** What is of one hop alone (RFC 9110, 7.6.1). */
const HOP = new Set(['connection', 'keep-alive', 'proxy-connection', 'te', 'transfer-encoding', 'upgrade']);

/** A body of more bytes waits a moment, in milliseconds, for whether it is wanted. */
const LARGE = 64 * 1024;
const REFUSAL_MS = 50;

/** @param {readonly string[]} raw names and values in turn; a name may come twice */
const withoutHop = (raw) =>
  raw.filter((_, index) => !HOP.has((raw[index - (index % 2)] ?? '').toLowerCase()));

/**
 * Sends each request to the next of several processes, as a load balancer in front of them does: with the
 * caller's address, and to none that is being stopped.
 * @param {number} port @param {readonly number[]} ports of the processes
 * @param {Record<string, () => Promise<void>>} [controls] what a POST to an address of the proxy's own does
 */
export async function startProxy(port, ports, controls = {}) {
  /** @type {Upstream[]} */
  const upstreams = ports.map((one) => ({ port: one, isServing: true, open: 0 }));
  let turn = 0;
  const next = () => {
    const serving = upstreams.filter(({ isServing }) => isServing);
    return serving[turn++ % Math.max(1, serving.length)];
  };
  const server = createServer((asked, answer) => {
    const control = asked.method === 'POST' ? controls[asked.url ?? ''] : undefined;
    if (control) {
      void control().then(
        () => answer.writeHead(204).end(),
        (error) => answer.writeHead(500).end(String(error)),
      );
      return;
    }
    const upstream = next();
    if (!upstream) {
      answer.writeHead(503).end();
      return;
    }
    const { method, url } = asked;
    const from = [asked.headers['x-forwarded-for'], asked.socket.remoteAddress].filter(Boolean).join(', ');
    const headers = { ...asked.headers, 'x-forwarded-for': from, connection: 'close' };
    upstream.open++;
    answer.once('close', () => upstream.open--);
    // A connection each: one that is kept may be closed at the other end in the moment it is used.
    const passed = request(
      { host: '127.0.0.1', port: upstream.port, method, path: url, headers, agent: false },
      (got) => {
        answer.writeHead(got.statusCode ?? 502, withoutHop(got.rawHeaders));
        got.pipe(answer);
        got.once('error', () => answer.destroy());
      },
    );
    passed.once('error', () => {
      if (answer.headersSent) answer.destroy();
      else answer.writeHead(502).end();
    });
    answer.once('close', () => passed.destroy());
    if (!(Number(asked.headers['content-length']) > LARGE)) {
      asked.pipe(passed);
      return;
    }
    // What is too large is refused before it is read, and an answer is lost where its connection breaks.
    passed.flushHeaders();
    const send = setTimeout(() => asked.pipe(passed), REFUSAL_MS);
    passed.once('response', () => {
      clearTimeout(send);
      asked.resume();
    });
  });
  // A request without an end is a stream, and those last as long as their pages.
  server.requestTimeout = 0;
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(undefined));
  });
  return {
    /**
     * Takes a process out of the turn, and waits until it has answered what it has, but no longer than given:
     * streams end only with it.
     * @param {number} index @param {number} patienceMs
     */
    async drain(index, patienceMs) {
      const upstream = upstreams[index];
      if (!upstream) throw new Error(`There is no process ${index}.`);
      upstream.isServing = false;
      const until = Date.now() + patienceMs;
      while (upstream.open > 0 && Date.now() < until) await delay(20);
    },
    /** @param {number} index */
    serve(index) {
      const upstream = upstreams[index];
      if (upstream) upstream.isServing = true;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
