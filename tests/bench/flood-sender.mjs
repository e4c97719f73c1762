// The stranger, in a thread of its own: what sending costs must not be counted as what others wait.
import { Agent, request } from 'node:http';
import { parentPort } from 'node:worker_threads';

const AT_ONCE = 10;
const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
let body = Buffer.alloc(0);

/**
 * @param {string} address @param {Record<string, string>} headers
 * @returns {Promise<number>} the status, or 0 when the connection was closed on us
 */
function send(address, headers) {
  return new Promise((resolve) => {
    const sent = request(
      address,
      { agent, method: 'POST', headers: { ...headers, 'content-length': String(body.length) } },
      (answer) => {
        answer.resume();
        answer.once('close', () => resolve(answer.statusCode ?? 0));
      },
    );
    sent.setTimeout(30_000, () => sent.destroy());
    sent.once('error', () => resolve(0));
    sent.end(body);
  });
}

parentPort?.on('message', async ({ text, address, headers }) => {
  if (text !== undefined) {
    body = Buffer.from(text);
    return;
  }
  const statuses = await Promise.all(Array.from({ length: AT_ONCE }, () => send(address, headers)));
  parentPort?.postMessage(statuses);
});
