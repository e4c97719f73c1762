import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sources } from './index.mjs';

const { MongoClient } = mongoose.mongo;
const STAND_IN = join(import.meta.dirname, 'testing/mongod-stand-in.mjs');
/** What runs behind the stand-in; a machine with a mongod of its own has no need of it. */
const SERVER = join(
  process.env.XDG_CACHE_HOME || join(homedir(), '.cache'),
  'chakravue/secantusd-rs-0.5.3-beta.196/bin/secantusd-rs',
);
const { configured, download, mongod } = sources;
const kept = { ...process.env };
let folder: string;
const lines: string[] = [];
const options = () => ({
  dataDir: join(folder, 'data'),
  port: 0,
  log: (line: string) => void lines.push(line),
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chakravue-sources-'));
  lines.length = 0;
  process.env.MONGOD_STAND_IN_ROOT = process.cwd();
  process.env.MONGOD_STAND_IN_SERVER = SERVER;
});
afterEach(() => {
  process.env = { ...kept };
  rmSync(folder, { recursive: true, force: true });
});

/** A program named `mongod`, as a machine that has one would offer it. */
function program(into: string): string {
  mkdirSync(into, { recursive: true });
  const file = join(into, 'mongod');
  writeFileSync(file, `#!/bin/sh\nexec '${process.execPath}' '${STAND_IN}' "$@"\n`, { mode: 0o755 });
  return file;
}

async function write(uri: string, value: string): Promise<string[]> {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 5_000 });
  try {
    const rows = client.db('probe').collection<{ value: string }>('rows');
    await client.withSession((session) =>
      session.withTransaction(() => rows.insertOne({ value }, { session }).then(() => undefined)),
    );
    return (await rows.find().toArray()).map((row) => row.value);
  } finally {
    await client.close();
  }
}

describe.skipIf(!existsSync(SERVER))('a mongod on the machine', () => {
  it('is found on PATH and started as a replica set that asks for a password', async () => {
    program(join(folder, 'bin'));
    process.env.PATH = `${join(folder, 'bin')}:${kept.PATH}`;
    delete process.env.MONGOD_BINARY;
    const first = await mongod(options());
    expect(first).toMatchObject({ engine: 'mongod', version: '8.0.12' });
    expect(first?.uri).toMatch(
      /^mongodb:\/\/root:.+@127\.0\.0\.1:\d+\/\?authSource=admin&replicaSet=chakravue$/,
    );
    expect(statSync(join(folder, 'data/root-password')).mode & 0o777).toBe(0o600);
    try {
      expect(await write(first?.uri ?? '', 'one')).toEqual(['one']);
      const stranger = (first?.uri ?? '').replace(/root:[^@]+@/, '');
      await expect(write(stranger, 'two')).rejects.toThrow(/requires authentication/);
    } finally {
      await first?.stop();
    }
    // The port is another one now: the member's address has to follow.
    const second = await mongod(options());
    try {
      expect(await write(second?.uri ?? '', 'three')).toEqual(['one', 'three']);
    } finally {
      await second?.stop();
    }
  });

  it('is refused in one sentence when it is too old or is no mongod', async () => {
    process.env.MONGOD_BINARY = program(join(folder, 'bin'));
    process.env.MONGOD_STAND_IN_VERSION = '6.0.5';
    await expect(mongod(options())).rejects.toThrow('MONGOD_BINARY is version 6.0.5; 7 or newer is needed.');
    process.env.MONGOD_BINARY = join(folder, 'nothing');
    await expect(mongod(options())).rejects.toThrow(/does not run as a mongod/);
    expect(existsSync(join(folder, 'data'))).toBe(false);
  });

  it('is passed over when an old one is merely on PATH', async () => {
    program(join(folder, 'bin'));
    process.env.PATH = `${join(folder, 'bin')}:${kept.PATH}`;
    process.env.MONGOD_STAND_IN_VERSION = '4.4.0';
    delete process.env.MONGOD_BINARY;
    expect(await mongod(options())).toBeNull();
    expect(lines.join()).toContain('7 or newer is needed');
  });
});

describe.skipIf(!existsSync(SERVER))('a mongod that is downloaded', () => {
  let mirror: Server;
  let asked: string[];
  let archive: Buffer;
  let isBroken: boolean;

  beforeEach(async () => {
    asked = [];
    isBroken = false;
    program(join(folder, 'release/mongodb/bin'));
    execFileSync('tar', ['-czf', join(folder, 'mongod.tgz'), '-C', join(folder, 'release'), 'mongodb']);
    archive = readFileSync(join(folder, 'mongod.tgz'));
    mirror = createServer((request, response) => {
      asked.push(request.url ?? '');
      if (isBroken) response.writeHead(404).end();
      else if (request.url?.endsWith('.md5'))
        response.end(`${createHash('md5').update(archive).digest('hex')}  mongod.tgz\n`);
      else response.end(archive);
    });
    await new Promise<void>((resolve) => mirror.listen(0, '127.0.0.1', resolve));
    process.env.MONGOMS_DOWNLOAD_MIRROR = `http://127.0.0.1:${(mirror.address() as AddressInfo).port}`;
    process.env.MONGOMS_USE_HTTP = '1';
    process.env.MONGOMS_MD5_CHECK = '1';
    process.env.XDG_CACHE_HOME = join(folder, 'cache');
  });
  afterEach(() => new Promise((resolve) => mirror.close(resolve)));

  it('is passed over with the reason when the mirror has none', async () => {
    isBroken = true;
    expect(await download(options())).toBeNull();
    expect(lines.join('\n')).toContain('could not be downloaded');
  });

  it('is unpacked into the cache folder, started, and not fetched twice', async () => {
    for (const value of ['one', 'two']) {
      const database = await download(options());
      try {
        expect(database, lines.join('\n')).toMatchObject({ engine: 'mongod' });
        expect(await write(database?.uri ?? '', value)).toContain(value);
      } finally {
        await database?.stop();
      }
    }
    expect(asked.filter((path) => path.endsWith('.tgz'))).toHaveLength(1);
  });
});

describe('a configured database', () => {
  it('is told in one sentence what is wrong with its address', async () => {
    process.env.MONGODB_URI = 'mongodb://127.0.0.1:9/';
    await expect(configured(options())).rejects.toThrow(/MONGODB_URI/);
  });
});
