// Stands beside the framework's own server in the build, as `server.js`, and starts it.
import { existsSync, readdirSync } from 'node:fs';
import http from 'node:http';
import { join, sep } from 'node:path';
import { compressAnswer } from './compress.mjs';
import { passDoor } from './door.mjs';
import { keepAnswers } from './kept-answers.mjs';
import { refuseLarge } from './refuse-large.mjs';

const folder = import.meta.dirname;
const built = join(folder, '.next/static');
const files = existsSync(built) ? readdirSync(built, { recursive: true, encoding: 'utf8' }) : [];
const keeper = keepAnswers(new Set(files.map((file) => `/_next/static/${file.split(sep).join('/')}`)));
Reflect.set(globalThis, Symbol.for('chakravue.forget-page'), keeper.forget);

// A proxy that compresses has its own processor time for it (docs/operations.md).
const isCompressed = process.env.COMPRESSION !== 'proxy';

const { createServer } = http;
/**
 * The framework makes its server itself and has no place for what comes before it.
 * @param {...unknown} given
 */
function createFrontedServer(...given) {
  // One server is fronted: what else listens in this process is its own.
  http.createServer = createServer;
  const listener = /** @type {http.RequestListener} */ (given.at(-1));
  const server = createServer((asked, response) => {
    if (refuseLarge(asked, response) || keeper.answer(asked, response)) return;
    passDoor(asked, response);
    if (isCompressed) compressAnswer(asked, response);
    listener(asked, response);
  });
  server.once('listening', () => {
    const here = server.address();
    if (process.env.WORKER === 'only' || !here || typeof here === 'string') return;
    const isAnywhere = here.address === '::' || here.address === '0.0.0.0';
    void keeper.warm({ address: isAnywhere ? '127.0.0.1' : here.address, port: here.port });
  });
  return server;
}
http.createServer = /** @type {typeof createServer} */ (createFrontedServer);
await import(new URL('./next-server.js', import.meta.url).href);
