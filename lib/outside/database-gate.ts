import 'server-only';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { isSameSecret } from '../crypto/cipher';
import { env } from '../env';
import { logger } from '../logger';
import { guardedLookup, isForbiddenLiteral } from './lookup';

/*
 * The driver connects to whatever a customer's server calls a member of its replica set, by name or by
 * address, for as long as the client lives. So clients of such servers go through this gate: a SOCKS proxy
 * (RFC 1928, 1929) of this process on the loopback, which looks a name up once, checks what it found and
 * connects to exactly that.
 */

const CONNECT_MS = 10_000;
const REPLY = { ok: 0, notAllowed: 2, unreachable: 4, unknownCommand: 7 } as const;
/** Accounts and commands of the protocol. */
const PASSWORD = 2;
const CONNECT = 1;
const KINDS = { ipv4: 1, name: 3, ipv6: 4 } as const;

export const areInsidersAllowed = (): boolean =>
  env().EXTERNAL_PRIVATE_HOSTS === 'on' || env().NODE_ENV !== 'production';

/** Exactly so many bytes. @throws when the other side ends before. */
async function take(socket: Socket, count: number): Promise<Buffer> {
  if (count === 0) return Buffer.alloc(0);
  for (;;) {
    const part: Buffer | null = socket.read(count);
    if (part?.length === count) return part;
    if (part || socket.readableEnded || socket.destroyed) throw new Error('ended too early');
    await once(socket, 'readable');
  }
}

const byte = async (socket: Socket): Promise<number> => (await take(socket, 1))[0] ?? 0;
const text = async (socket: Socket): Promise<string> =>
  (await take(socket, await byte(socket))).toString('latin1');

async function greet(socket: Socket, secret: string): Promise<void> {
  await byte(socket);
  const methods = await take(socket, await byte(socket));
  if (!methods.includes(PASSWORD)) throw new Error('no password offered');
  socket.write(Buffer.from([5, PASSWORD]));
  await byte(socket);
  await text(socket);
  const isKnown = isSameSecret(await text(socket), secret);
  socket.write(Buffer.from([1, isKnown ? 0 : 1]));
  if (!isKnown) throw new Error('not one of our clients');
}

async function readTarget(socket: Socket): Promise<{ command: number; host: string; port: number }> {
  const [, command = 0, , kind = 0] = await take(socket, 4);
  let host: string;
  if (kind === KINDS.ipv4) host = (await take(socket, 4)).join('.');
  else if (kind === KINDS.ipv6)
    host = (await take(socket, 16)).toString('hex').replace(/(.{4})(?=.)/g, '$1:');
  else if (kind === KINDS.name) host = await text(socket);
  else throw new Error('an unknown kind of address');
  return { command, host, port: (await take(socket, 2)).readUInt16BE() };
}

const answer = (socket: Socket, code: number): boolean =>
  socket.write(Buffer.from([5, code, 0, KINDS.ipv4, 0, 0, 0, 0, 0, 0]));

async function serve(socket: Socket, secret: string): Promise<void> {
  await greet(socket, secret);
  const { command, host, port } = await readTarget(socket);
  if (command !== CONNECT) {
    answer(socket, REPLY.unknownCommand);
    throw new Error('only connections');
  }
  if (isForbiddenLiteral(host, areInsidersAllowed())) {
    answer(socket, REPLY.notAllowed);
    logger.warn({ host, port }, 'a customer’s database led to an address inside');
    throw new Error('an address inside');
  }
  const onward = connect({ host, port, lookup: guardedLookup(areInsidersAllowed), noDelay: true });
  socket.once('close', () => onward.destroy());
  onward.once('close', () => socket.destroy());
  try {
    await once(onward, 'connect', { signal: AbortSignal.timeout(CONNECT_MS) });
  } catch (error) {
    onward.destroy();
    answer(socket, REPLY.unreachable);
    throw error;
  }
  onward.on('error', () => onward.destroy());
  answer(socket, REPLY.ok);
  socket.pipe(onward);
  onward.pipe(socket);
}

type Gate = { server: Server; port: number; secret: string };

const KEY = Symbol.for('chakravue.database-gate');
const global = globalThis as { [KEY]?: Promise<Gate> };

async function open(): Promise<Gate> {
  const secret = randomBytes(24).toString('base64url');
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on('error', () => socket.destroy());
    serve(socket, secret).catch(() => socket.destroySoon());
  });
  server.listen(0, '127.0.0.1').unref();
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port, secret };
}

/** Driver options for a server of a customer's. One gate per process, opened when it is first needed. */
export async function throughGate() {
  global[KEY] ??= open().catch((error: unknown) => {
    delete global[KEY];
    throw error;
  });
  const { port, secret } = await global[KEY];
  return { proxyHost: '127.0.0.1', proxyPort: port, proxyUsername: 'chakravue', proxyPassword: secret };
}

/** Databases that we make are named so, copies made for a restore or a reset too; no customer's may be. */
const OURS = /^org_[0-9a-f]{24}(_[rt]\d{1,6})?$/;

/**
 * What a client needs besides the connection string of an organization: the gate, for a customer's own
 * server.
 */
export const gateFor = async (databaseName: string) => (OURS.test(databaseName) ? {} : throughGate());
