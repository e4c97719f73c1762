import { spawn } from 'node:child_process';

/** Stripe's own mock, which refuses what its OpenAPI specification does not allow. */
export async function startStripeMock(binary: string): Promise<{ url: string; stop: () => Promise<void> }> {
  const child = spawn(binary, ['-http-addr', '127.0.0.1:', '-https-addr', '127.0.0.1:'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  const url = await new Promise<string>((resolve, reject) => {
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString('utf8');
        const address = /Listening for HTTP at address: (\S+)/.exec(output)?.[1];
        if (address) resolve(`http://${address}`);
      });
    }
    child.once('error', reject);
    child.once('close', () => reject(new Error(`stripe-mock ended: ${output}`)));
  });
  return { url, stop };
}
