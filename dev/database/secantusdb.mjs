import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { claimPort, driver, rootPassword, runServer, waitForPing, writeSecret } from './process.mjs';
import { installSecantusdb, secantusdbProgram, VERSION } from './secantusdb-install.mjs';

/**
 * SecantusDB, the embedded default: MongoDB's wire protocol over WiredTiger. For trying out, development and
 * tests.
 * @type {import('./index.mjs').Source}
 */
export async function secantusdb({ dataDir, port, log, cacheMb = 256, isTemporary }) {
  const program = secantusdbProgram();
  if (!existsSync(program) && !(await installSecantusdb(log))) return null;

  const folder = join(dataDir, 'secantusdb');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const password = rootPassword(dataDir);
  const readyMark = join(dataDir, 'root-made');
  // Without --sync-on-commit a kill -9 loses acknowledged writes.
  const base = [
    '--host',
    '127.0.0.1',
    '--storage-path',
    folder,
    '--cache-size',
    `${cacheMb}M`,
    '--log-file-max',
    '16MB',
    ...(isTemporary ? [] : ['--sync-on-commit']),
    '--log-level',
    'WARNING',
  ];

  if (!existsSync(readyMark)) {
    // --auth has no localhost exception, so root is made on a random port before anybody knows it.
    const bootPort = await claimPort(0);
    const boot = runServer(program, [...base, '--port', String(bootPort)]);
    try {
      await waitForPing(`mongodb://127.0.0.1:${bootPort}/`, boot);
      const { MongoClient } = await driver();
      const client = new MongoClient(`mongodb://127.0.0.1:${bootPort}/`, { directConnection: true });
      try {
        const { users } = await client.db('admin').command({ usersInfo: 'root' });
        const command = users.length > 0 ? { updateUser: 'root' } : { createUser: 'root' };
        await client.db('admin').command({ ...command, pwd: password, roles: ['root'] });
      } finally {
        await client.close();
      }
    } finally {
      await boot.stop();
    }
    writeSecret(readyMark, 'yes\n');
  }

  const listen = await claimPort(port);
  const server = runServer(program, [...base, '--port', String(listen), '--auth']);
  const uri = `mongodb://root:${password}@127.0.0.1:${listen}/?authSource=admin&replicaSet=secantus`;
  try {
    await waitForPing(uri, server);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return {
    uri,
    engine: 'SecantusDB',
    version: VERSION,
    stop: server.stop,
    kill: server.kill,
    ended: server.ended,
  };
}
