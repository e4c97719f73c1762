// Answers that nobody keeps are compressed while they are written, by the framework's own middleware and at
// its fastest level: the usual one takes longer than a page has to spare.
import { createRequire } from 'node:module';
import { Duplex } from 'node:stream';
import { constants } from 'node:zlib';

/**
 * @typedef {import('node:http').IncomingMessage} Request
 * @typedef {import('node:http').ServerResponse} Response
 */

/** @type {(options: { level: number }) => (asked: Request, response: Response, next: () => void) => void} */
const compression = createRequire(import.meta.url)('next/dist/compiled/compression');
const compress = compression({ level: constants.Z_BEST_SPEED });
const nothing = () => {};

/** Whatever is written to the answer from now on. @param {Request} asked @param {Response} response */
export function compressAnswer(asked, response) {
  compress(asked, response, nothing);
  response.once('close', () => {
    if (response.writableFinished) return;
    // Who went away leaves a compressor behind that nobody ends; the middleware answers `on` with it.
    const stream = response.on('drain', nothing);
    if (stream instanceof Duplex) stream.destroy();
    else response.off('drain', nothing);
  });
}
