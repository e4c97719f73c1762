import 'server-only';
import { createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { AppError, duplicateKey } from '../errors';
import { organizationKeyModel } from '../master/models/organization-key';
import { objectId, op } from '../mongo';
import { open, seal, wrappingKey, wrappingKeys } from './cipher';

/** The root key's version: never used to encrypt, never rotated. */
const ROOT = 0;
/** Owner of the platform's own keys in the same collection: no organization has this id. */
export const PLATFORM_KEY_OWNER = '0'.repeat(24);

const CACHE_MS = 5 * 60_000;
const MOST_CACHED = 2_000;

/**
 * What is needed to read and write one organization's ciphertexts. Key material stays outside the JavaScript
 * heap.
 */
export type Keyring = {
  organizationId: string;
  /** The version that new ciphertexts are written with. */
  current: number;
  data: ReadonlyMap<number, KeyObject>;
  root: KeyObject;
};

type Holder = { cache?: LRUCache<string, Promise<Keyring>> };
const KEY = Symbol.for('chakravue.keyrings');
const global = globalThis as { [key: symbol]: Holder | undefined };
global[KEY] ??= {};
const holder: Holder = global[KEY];
const cache = () => {
  holder.cache ??= new LRUCache({ max: MOST_CACHED, ttl: CACHE_MS });
  return holder.cache;
};

const wrapContext = (organizationId: string, version: number): string =>
  `${organizationId}|organization_keys|${version}`;

function wrap(organizationId: string, version: number, key: Buffer): { wrapped: string; kek: string } {
  const kek = wrappingKey();
  return { wrapped: seal(kek.key, wrapContext(organizationId, version), key), kek: kek.id };
}

/** @throws Error naming the missing key encryption key, never its value. */
function unwrap(
  organizationId: string,
  row: { version: number; wrapped: string; kek?: string | null },
): Buffer {
  const candidates = wrappingKeys().filter(({ id }) => !row.kek || id === row.kek);
  for (const { key } of candidates) {
    try {
      return open(key, wrapContext(organizationId, row.version), row.wrapped);
    } catch {
      // A row without a name of its key may belong to the next one.
    }
  }
  throw new Error(
    `No configured key encryption key opens version ${row.version} of ${organizationId} (wrapped by ${row.kek ?? 'an unnamed one'})`,
  );
}

/** Makes the organization's root key and first data key unless it has them. They are stored only wrapped. */
export async function ensureOrganizationKey(organizationId: string): Promise<void> {
  await addKey(organizationId, 1);
  await addKey(organizationId, ROOT);
}

/** @returns false when the version exists already. */
async function addKey(organizationId: string, version: number): Promise<boolean> {
  const id = objectId(organizationId, 'organization');
  if (await organizationKeyModel.exists({ organizationId: id, version })) return false;
  try {
    await organizationKeyModel.create({
      organizationId: id,
      version,
      ...wrap(organizationId, version, randomBytes(32)),
    });
    return true;
  } catch (error) {
    // Another worker was a moment earlier; its key is the key.
    if (!duplicateKey(error)) throw error;
    return false;
  }
}

/**
 * The organization's keys; kept for five minutes.
 * @throws AppError UNAVAILABLE when it has none: not made yet, or destroyed for good.
 */
export function organizationKeyring(organizationId: string): Promise<Keyring> {
  const known = cache().get(organizationId);
  if (known) return known;
  const loading = loadKeyring(organizationId);
  cache().set(organizationId, loading);
  loading.catch(() => cache().delete(organizationId));
  return loading;
}

async function loadKeyring(organizationId: string, mayMakeRoot = true): Promise<Keyring> {
  const rows = await organizationKeyModel
    .find({ organizationId: objectId(organizationId, 'organization') })
    .sort({ version: 1 })
    .lean();
  const data = new Map<number, KeyObject>();
  let root: KeyObject | undefined;
  for (const row of rows) {
    if (row.destroyedAt) continue;
    const bytes = unwrap(organizationId, row);
    const key = createSecretKey(bytes);
    bytes.fill(0);
    if (row.version === ROOT) root = key;
    else data.set(row.version, key);
  }
  if (!root && mayMakeRoot && data.size > 0) {
    // Organizations older than the root key get theirs at first use.
    await addKey(organizationId, ROOT);
    return loadKeyring(organizationId, false);
  }
  if (!root || data.size === 0) {
    throw new AppError('UNAVAILABLE', 'The keys of this organization are not available.');
  }
  return { organizationId, current: Math.max(...data.keys()), data, root };
}

export const forgetKeyring = (organizationId: string): void => {
  cache().delete(organizationId);
};

/**
 * A key for one purpose, derived from the organization's root: stable for as long as the organization exists.
 */
export const derivedKey = (keyring: Keyring, purpose: string): KeyObject =>
  createSecretKey(
    Buffer.from(
      hkdfSync('sha256', keyring.root, keyring.organizationId, `chakravue/organization/${purpose}`, 32),
    ),
  );

/** Makes a new data key; what is written from now on uses it. @returns its version. */
export async function addDataKey(organizationId: string): Promise<number> {
  const { current } = await loadKeyring(organizationId);
  let version = current + 1;
  while (!(await addKey(organizationId, version))) version++;
  forgetKeyring(organizationId);
  return version;
}

/** Destroys data keys that nothing uses any more. The caller has made sure of that. */
export async function destroyDataKeysBelow(organizationId: string, version: number): Promise<number> {
  const done = await organizationKeyModel.updateMany(
    {
      organizationId: objectId(organizationId, 'organization'),
      version: op({ $gt: ROOT, $lt: version }),
      destroyedAt: op({ $exists: false }),
    },
    { $set: { wrapped: 'destroyed', destroyedAt: new Date() } },
  );
  forgetKeyring(organizationId);
  return done.modifiedCount;
}

/**
 * Destroys every key of an organization for good: all that was sealed with them, in its database, its files
 * and their backups, can no longer be read. Backups of the master database still hold the wrapped keys until
 * they expire.
 */
export async function shredOrganizationKeys(organizationId: string): Promise<number> {
  const done = await organizationKeyModel.updateMany(
    {
      organizationId: objectId(organizationId, 'organization'),
      destroyedAt: op({ $exists: false }),
    },
    { $set: { wrapped: 'destroyed', destroyedAt: new Date() }, $unset: { kek: '' } },
  );
  forgetKeyring(organizationId);
  return done.modifiedCount;
}

/**
 * Wraps every key (or one organization's) with the current key encryption key.
 * @returns how many rows changed.
 */
export async function rewrapOrganizationKeys(organizationId?: string): Promise<number> {
  const { id } = wrappingKey();
  let changed = 0;
  const rows = await organizationKeyModel
    .find({
      ...(organizationId ? { organizationId: objectId(organizationId, 'organization') } : {}),
      kek: op({ $ne: id }),
      destroyedAt: op({ $exists: false }),
    })
    .lean();
  for (const row of rows) {
    const owner = row.organizationId.toString();
    const bytes = unwrap(owner, row);
    const done = await organizationKeyModel.updateOne(
      { _id: row._id, wrapped: row.wrapped },
      { $set: wrap(owner, row.version, bytes) },
    );
    bytes.fill(0);
    changed += done.modifiedCount;
  }
  return changed;
}
