import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';
import type { Inbound } from './bounce';
import { smtpServer } from './receive';
import { MailStore } from './store';
import { webServer } from './web';

export type MailCatcher = { url: string; smtpUrl: string; stop: () => Promise<void> };

type Options = { httpPort: number; smtpPort: number; dataDir: string; limit?: number; inbound?: Inbound };

const HOST = '127.0.0.1';

/**
 * Starts the SMTP server and its pages on this machine only; port 0 takes a free one. Rejects when a port is
 * in use.
 */
export async function startMailCatcher({
  httpPort,
  smtpPort,
  dataDir,
  limit,
  inbound,
}: Options): Promise<MailCatcher> {
  const store = new MailStore(dataDir, limit);
  const smtp = smtpServer(store, inbound);
  const web = webServer(store);
  const smtpListener = smtp.listen(smtpPort, HOST);
  web.listen(httpPort, HOST);
  let isUp = false;
  // A client that hangs up is worth a line; a port in use is the caller's to tell.
  smtp.on('error', (error: Error) => {
    if (isUp) process.stderr.write(`mail: ${error.message}\n`);
  });
  try {
    await Promise.all([listening(smtpListener), listening(web)]);
    isUp = true;
  } catch (error) {
    smtp.close();
    web.close();
    throw error;
  }
  return {
    url: `http://${HOST}:${portOf(web)}`,
    smtpUrl: `smtp://${HOST}:${portOf(smtpListener)}`,
    stop: async () => {
      web.closeAllConnections();
      await Promise.all([
        new Promise<void>((done) => smtp.close(done)),
        new Promise((done) => web.close(done)),
      ]);
    },
  };
}

const listening = async (server: Server): Promise<void> => {
  if (!server.listening) await once(server, 'listening');
};

const portOf = (server: Server): number => (server.address() as AddressInfo).port;
