import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  claimPort,
  DatabaseError,
  driver,
  rootPassword,
  runServer,
  waitForPing,
  writeSecret,
} from './process.mjs';

/**
 * A mongod on this machine, 7 or newer (MONGOD_BINARY or PATH).
 * @type {import('./index.mjs').Source}
 */
export async function mongod(options) {
  const program = process.env.MONGOD_BINARY || findOnPath();
  if (!program) return null;
  const version = versionOf(program);
  if (!version) {
    if (process.env.MONGOD_BINARY)
      throw new DatabaseError(`MONGOD_BINARY (${program}) does not run as a mongod.`);
    return null;
  }
  if (Number(version.split('.')[0]) < 7) {
    if (process.env.MONGOD_BINARY)
      throw new DatabaseError(`MONGOD_BINARY is version ${version}; 7 or newer is needed.`);
    options.log(`The mongod on this machine is version ${version}; 7 or newer is needed, so it is not used`);
    return null;
  }
  return startMongod(program, version, options);
}

/** Whether there is one to look at, of whatever version. */
export const isMongodHere = () => Boolean(process.env.MONGOD_BINARY || findOnPath());

/** @param {string} program */
function versionOf(program) {
  const { stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' });
  return stdout?.match(/db version v?([\d.]+)/)?.[1];
}

function findOnPath() {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'mongod'))
    .find((file) => existsSync(file));
}

/**
 * One-member replica set with keyfile and authentication.
 * @param {string} program @param {string} version @param {import('./index.mjs').Given} options
 * @returns {Promise<import('./index.mjs').Database>}
 */
export async function startMongod(program, version, { dataDir, port }) {
  const folder = join(dataDir, 'mongod');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const password = rootPassword(dataDir);
  const keyFile = join(dataDir, 'keyfile');
  if (!existsSync(keyFile)) writeSecret(keyFile, randomBytes(512).toString('base64'));
  const listen = await claimPort(port);
  const server = runServer(program, [
    '--bind_ip',
    '127.0.0.1',
    '--port',
    String(listen),
    '--dbpath',
    folder,
    '--replSet',
    'chakravue',
    '--auth',
    '--keyFile',
    keyFile,
    '--wiredTigerCacheSizeGB',
    '0.25',
    '--quiet',
  ]);
  const direct = `mongodb://127.0.0.1:${listen}/`;
  const uri = `mongodb://root:${password}@127.0.0.1:${listen}/?authSource=admin&replicaSet=chakravue`;
  try {
    await waitForPing(direct, server);
    await initiate(
      direct,
      `mongodb://root:${password}@127.0.0.1:${listen}/?authSource=admin`,
      listen,
      password,
    );
    await waitForPing(uri, server);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return { uri, engine: 'mongod', version, stop: server.stop, kill: server.kill, ended: server.ended };
}

/** @param {string} anonymous @param {string} asRoot @param {number} port @param {string} password */
async function initiate(anonymous, asRoot, port, password) {
  const { MongoClient } = await driver();
  // The localhost exception allows just this much before the first user exists.
  const client = new MongoClient(anonymous, { directConnection: true });
  try {
    await client
      .db('admin')
      .command({ replSetInitiate: { _id: 'chakravue', members: [{ _id: 0, host: `127.0.0.1:${port}` }] } });
  } catch {
    // Initiated before, or root exists already: then only the port may have changed.
    await reconfigure(asRoot, port);
  }
  for (let tries = 0; tries < 100; tries++) {
    const hello = await client.db('admin').command({ hello: 1 });
    if (hello.isWritablePrimary) break;
    await delay(100);
  }
  try {
    await client.db('admin').command({ createUser: 'root', pwd: password, roles: ['root'] });
  } catch {
    // It is there already; a wrong password shows at the next ping.
  } finally {
    await client.close();
  }
}

/** @param {string} asRoot @param {number} port */
async function reconfigure(asRoot, port) {
  const { MongoClient } = await driver();
  const client = new MongoClient(asRoot, { directConnection: true });
  try {
    const { config } = await client.db('admin').command({ replSetGetConfig: 1 });
    const host = `127.0.0.1:${port}`;
    if (config.members[0].host === host) return;
    config.members[0].host = host;
    config.version++;
    await client.db('admin').command({ replSetReconfig: config, force: true });
  } finally {
    await client.close();
  }
}
