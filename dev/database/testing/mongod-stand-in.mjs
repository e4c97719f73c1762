#!/usr/bin/env node
// Stands in for `mongod` in the launcher's tests on machines that have none: the same flags, the keyfile, a
// replica set that must be initiated, the localhost exception until the first user, authentication after it.
// Behind it runs SecantusDB (MONGOD_STAND_IN_SERVER). It proves the launcher's sequence, not mongod.
// MONGOD_STAND_IN_ROOT: the checkout.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

if (process.argv.includes('--version')) {
  process.stdout.write(`db version v${process.env.MONGOD_STAND_IN_VERSION ?? '8.0.12'}\n`);
  process.exit(0);
}

const root = process.env.MONGOD_STAND_IN_ROOT ?? '';
const { BSON } = createRequire(join(root, 'package.json'))('mongoose').mongo;
const { freePort } = await import(join(root, 'dev/database/process.mjs'));

const { values: flags } = parseArgs({
  options: {
    bind_ip: { type: 'string' },
    port: { type: 'string' },
    dbpath: { type: 'string' },
    replSet: { type: 'string' },
    auth: { type: 'boolean' },
    keyFile: { type: 'string' },
    wiredTigerCacheSizeGB: { type: 'string' },
    quiet: { type: 'boolean' },
  },
});
const { dbpath = '', keyFile = '' } = flags;
/** @param {string} sentence */
const die = (sentence) => {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
};
if (flags.bind_ip !== '127.0.0.1' || !flags.auth || !flags.replSet) die('not started as the launcher must');
if ((statSync(keyFile).mode & 0o077) !== 0) die('permissions on keyFile are too open');
if (!/^[A-Za-z0-9+/=]{6,1024}$/.test(readFileSync(keyFile, 'utf8').trim())) die('bad keyFile');
if (!existsSync(dbpath)) die('dbpath does not exist');

const stateFile = join(dbpath, 'stand-in.json');
const state = existsSync(stateFile)
  ? JSON.parse(readFileSync(stateFile, 'utf8'))
  : { config: null, hasUser: false };
const save = () => writeFileSync(stateFile, JSON.stringify(state));

const behind = await freePort();
mkdirSync(join(dbpath, 'store'), { recursive: true });
const server = spawn(
  process.env.MONGOD_STAND_IN_SERVER ?? '',
  ['--host', '127.0.0.1', '--port', `${behind}`, '--storage-path', join(dbpath, 'store')].concat(
    '--cache-size',
    '64M',
    '--log-file-max',
    '8MB',
    '--log-level',
    'WARNING',
  ),
  { stdio: 'inherit' },
);
server.once('exit', (code) => process.exit(code ?? 1));
for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => server.kill('SIGTERM'));

const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;

/** The command in a message from a client. @param {Buffer} message */
function commandOf(message) {
  const opCode = message.readInt32LE(12);
  if (opCode === OP_MSG) return BSON.deserialize(message.subarray(21, 21 + message.readInt32LE(21)));
  if (opCode !== OP_QUERY) return {};
  const start = message.indexOf(0, 20) + 9;
  return BSON.deserialize(message.subarray(start, start + message.readInt32LE(start)));
}

/**
 * @param {number} requestId
 * @param {number} opCode
 * @param {import('mongoose').mongo.BSON.Document} document
 */
function reply(requestId, opCode, document) {
  const body = BSON.serialize(document);
  const isMessage = opCode === OP_MSG;
  const head = Buffer.alloc(isMessage ? 21 : 36);
  head.writeInt32LE(head.length + body.length, 0);
  head.writeInt32LE(requestId, 8);
  head.writeInt32LE(isMessage ? OP_MSG : OP_REPLY, 12);
  if (!isMessage) {
    head.writeInt32LE(8, 16);
    head.writeInt32LE(1, 32);
  }
  return Buffer.concat([head, body]);
}

/**
 * Cuts a stream of bytes into messages.
 * @param {(message: Buffer) => void} onMessage
 * @returns {(chunk: Buffer) => void}
 */
function messages(onMessage) {
  /** @type {Buffer} */
  let rest = Buffer.alloc(0);
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 16 && rest.length >= rest.readInt32LE(0)) {
      const length = rest.readInt32LE(0);
      onMessage(rest.subarray(0, length));
      rest = rest.subarray(length);
    }
  };
}

const OPEN = new Set(['hello', 'ismaster', 'isMaster', 'ping', 'saslStart', 'saslContinue', 'endSessions']);
/** @param {number} code @param {string} errmsg */
const error = (code, errmsg) => ({ ok: 0, code, errmsg });

/**
 * What the stand-in answers itself; undefined passes the command on.
 * @param {string} name
 * @param {import('mongoose').mongo.BSON.Document} command
 * @param {boolean} isAuthenticated
 */
function own(name, command, isAuthenticated) {
  const mayAdminister =
    isAuthenticated || (!state.hasUser && ['replSetInitiate', 'createUser'].includes(name));
  if (!OPEN.has(name) && !mayAdminister) return error(13, `Command ${name} requires authentication`);
  if (name === 'replSetInitiate') {
    if (state.config) return error(23, 'already initialized');
    state.config = { ...command.replSetInitiate, version: 1 };
    save();
    return { ok: 1 };
  }
  if (name === 'replSetGetConfig') return { ok: 1, config: state.config };
  if (name === 'replSetReconfig') {
    state.config = command.replSetReconfig;
    save();
    return { ok: 1 };
  }
  if (name === 'createUser' && !state.config) return error(10107, 'not primary');
  return undefined;
}

/**
 * As a member of the set that was initiated, or of none yet.
 * @param {import('mongoose').mongo.BSON.Document} document
 */
function asMember(document) {
  if (!('setName' in document)) return document;
  if (!state.config) return { ...document, setName: undefined, hosts: undefined, isWritablePrimary: false };
  const { host } = state.config.members[0];
  return { ...document, setName: state.config._id, hosts: [host], primary: host, me: host };
}

createServer((client) => {
  const upstream = connect(behind, '127.0.0.1');
  /** @type {Map<number, string>} */
  const asked = new Map();
  let isAuthenticated = false;
  const end = () => {
    client.destroy();
    upstream.destroy();
  };
  for (const socket of [client, upstream]) socket.on('error', end).on('close', end);
  client.on(
    'data',
    messages((message) => {
      const command = commandOf(message);
      const [name = ''] = Object.keys(command);
      const answer = own(name, command, isAuthenticated);
      if (answer) client.write(reply(message.readInt32LE(4), message.readInt32LE(12), answer));
      else {
        asked.set(message.readInt32LE(4), name);
        upstream.write(message);
      }
    }),
  );
  upstream.on(
    'data',
    messages((message) => {
      const opCode = message.readInt32LE(12);
      const name = asked.get(message.readInt32LE(8));
      asked.delete(message.readInt32LE(8));
      const start = opCode === OP_MSG ? 21 : 36;
      const document = BSON.deserialize(message.subarray(start, start + message.readInt32LE(start)), {
        promoteValues: false,
      });
      if (name === 'saslContinue' && document.done && Number(document.ok) === 1) isAuthenticated = true;
      if (name === 'createUser' && Number(document.ok) === 1 && !state.hasUser) {
        state.hasUser = true;
        save();
      }
      const isHello = ['hello', 'ismaster', 'isMaster'].includes(name ?? '');
      client.write(
        isHello
          ? reply(message.readInt32LE(8), opCode === OP_MSG ? OP_MSG : OP_QUERY, asMember(document))
          : message,
      );
    }),
  );
}).listen(Number(flags.port), '127.0.0.1');
