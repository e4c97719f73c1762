import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, Socket } from 'node:net';
import mongoose from 'mongoose';
import { SocksClient } from 'socks';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { logger } from '../logger';
import { gateFor, throughGate } from './database-gate';
import { guardedLookup, InsideAddress } from './lookup';

const setting = vi.hoisted(() => ({ EXTERNAL_PRIVATE_HOSTS: 'off', NODE_ENV: 'production' }));
vi.mock('../env', async (original) => {
  const { env } = await original<typeof import('../env')>();
  return { env: () => ({ ...env(), ...setting }) };
});

const open: Server[] = [];
const dialled = vi.spyOn(Socket.prototype, 'connect');
beforeEach(() => {
  setting.EXTERNAL_PRIVATE_HOSTS = 'off';
  dialled.mockClear();
});
afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

async function listen(serve: (socket: Socket) => void): Promise<number> {
  const server = createServer(serve);
  open.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function dial(host: string, port: number, password?: string) {
  const { proxyHost, proxyPort, proxyUsername, proxyPassword } = await throughGate();
  const { socket } = await SocksClient.createConnection({
    command: 'connect',
    destination: { host, port },
    proxy: {
      host: proxyHost,
      port: proxyPort,
      type: 5,
      userId: proxyUsername,
      password: password ?? proxyPassword,
    },
  });
  return socket;
}

describe('the gate before customers’ databases', () => {
  it('connects to nothing inside, by name or by address, unless that is configured', async () => {
    let calls = 0;
    const port = await listen((socket) => {
      calls++;
      socket.end('hello');
    });
    for (const host of ['127.0.0.1', 'localhost', '::1', '::ffff:127.0.0.1', '10.1.2.3', '169.254.169.254'])
      await expect(dial(host, port), host).rejects.toThrow();
    expect(calls).toBe(0);
    setting.EXTERNAL_PRIVATE_HOSTS = 'on';
    const socket = await dial('127.0.0.1', port);
    expect(String((await once(socket, 'data'))[0])).toBe('hello');
    await expect(dial('169.254.169.254', port)).rejects.toThrow();
    expect(calls).toBe(1);
  });

  it('serves this process alone', async () => {
    setting.EXTERNAL_PRIVATE_HOSTS = 'on';
    const port = await listen(() => undefined);
    await expect(dial('127.0.0.1', port, 'guessed')).rejects.toThrow();
    const { proxyPort } = await throughGate();
    expect((await throughGate()).proxyPort).toBe(proxyPort);
  });

  it('stands before every database that is not one of ours', async () => {
    for (const ours of ['org_0123456789abcdef01234567', 'org_0123456789abcdef01234567_r12'])
      expect(await gateFor(ours), ours).toEqual({});
    for (const name of ['hospital', 'org_', 'org_x', 'ORG_0123456789abcdef01234567', 'admin'])
      expect(await gateFor(name), name).toMatchObject({ proxyHost: '127.0.0.1' });
  });

  it('keeps members away that a customer’s server names', async () => {
    setting.EXTERNAL_PRIVATE_HOSTS = 'on';
    const warned = vi.spyOn(logger, 'warn').mockImplementation(() => undefined);
    const { BSON, MongoClient } = mongoose.mongo;
    const members = ['169.254.169.254:80', '[fe80::1]:22'];
    const port = await listen((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', (asked) => {
        const own = `127.0.0.1:${port}`;
        const hello = BSON.serialize({
          ok: 1,
          helloOk: true,
          isWritablePrimary: true,
          setName: 'rs',
          hosts: [own, ...members],
          me: own,
          minWireVersion: 0,
          maxWireVersion: 21,
          maxBsonObjectSize: 16_777_216,
          maxMessageSizeBytes: 48_000_000,
          maxWriteBatchSize: 100_000,
        });
        // OP_REPLY to the first question of a driver, which is an OP_QUERY; later ones stay without an
        // answer.
        if (asked.readInt32LE(12) !== 2004) return;
        const head = Buffer.alloc(36);
        head.writeInt32LE(36 + hello.length, 0);
        head.writeInt32LE(asked.readInt32LE(4), 8);
        head.writeInt32LE(1, 12);
        head.writeInt32LE(1, 32);
        socket.write(Buffer.concat([head, hello]));
      });
    });
    const client = new MongoClient(`mongodb://127.0.0.1:${port}/?replicaSet=rs`, {
      serverSelectionTimeoutMS: 2_000,
      ...(await throughGate()),
    });
    const connecting = client.connect().catch(() => undefined);
    await expect
      .poll(() => new Set(warned.mock.calls.map(([facts]) => (facts as { port?: number }).port)), {
        timeout: 4_000,
      })
      .toEqual(new Set([80, 22]));
    await client.close(true);
    await connecting;
    const hosts = JSON.stringify(dialled.mock.calls.map(([first]) => first));
    expect(hosts).toContain('127.0.0.1');
    expect(hosts).not.toMatch(/169\.254|fe80/);
    warned.mockRestore();
  });
});

describe('a name that is looked up', () => {
  const answers = (...addresses: string[]) =>
    guardedLookup(() => false, ((
      _name: string,
      _options: object,
      done: (error: null, all: object[]) => void,
    ) =>
      done(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      )) as never);
  const look = (lookup: ReturnType<typeof guardedLookup>) =>
    new Promise((resolve, reject) =>
      lookup('db.evil.test', {}, (error, address) => (error ? reject(error) : resolve(address))),
    );

  it('is refused as soon as one of its addresses is inside, and is connected to as it was checked', async () => {
    expect(await look(answers('8.8.8.8', '2606:2800:220:1::1'))).toBe('8.8.8.8');
    for (const inside of ['127.0.0.1', '10.0.0.1', '::1', '64:ff9b:1::1', '168.63.129.16'])
      await expect(look(answers('8.8.8.8', inside)), inside).rejects.toBeInstanceOf(InsideAddress);
    await expect(look(answers())).rejects.toBeInstanceOf(InsideAddress);
  });
});
