import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { env } from '@/lib/env';
import { ensureMasterIndexes } from '@/lib/master/define-master-model';
import { organizationKeyModel } from '@/lib/master/models/organization-key';
import { newObjectId, objectId } from '@/lib/mongo';
import { closeConnections } from '@/tests/builders/organization';
import { isSealed, openFile, sealFile, withFieldCipher } from './field-cipher';
import {
  addDataKey,
  destroyDataKeysBelow,
  ensureOrganizationKey,
  forgetKeyring,
  rewrapOrganizationKeys,
  shredOrganizationKeys,
} from './organization-keys';

const place = { collection: 'patients', path: 'phone', id: '1' };
const seal = (organizationId: string, text: string) =>
  withFieldCipher(organizationId, (cipher) => cipher.seal(place, text));
const open = (organizationId: string, sealed: string, where = place) =>
  withFieldCipher(organizationId, (cipher) => cipher.open(where, sealed));
const index = (organizationId: string, path: string, text: string) =>
  withFieldCipher(organizationId, (cipher) => cipher.blindIndex(path, text));

async function organization(): Promise<string> {
  const id = newObjectId().toString();
  await ensureOrganizationKey(id);
  return id;
}

beforeAll(async () => {
  await ensureMasterIndexes();
});
afterAll(closeConnections);

describe('the keys of an organization', () => {
  it('seal a field that opens only in its organization, record and path', async () => {
    const [a, b] = [await organization(), await organization()];
    const sealed = await seal(a, '98450 11111 ☎');
    expect(isSealed(sealed)).toBe(true);
    expect(sealed).not.toContain('98450');
    expect(await open(a, sealed)).toBe('98450 11111 ☎');
    await expect(open(b, sealed)).rejects.toThrow();
    await expect(open(a, sealed, { ...place, id: '2' })).rejects.toThrow();
    await expect(open(a, sealed, { ...place, path: 'notes' })).rejects.toThrow();
    expect(await open(a, 'never sealed')).toBe('never sealed');
  });

  it('give equal texts equal digests within an organization and path, and nowhere else', async () => {
    const [a, b] = [await organization(), await organization()];
    expect(await index(a, 'phone', '1')).toBe(await index(a, 'phone', '1'));
    expect(
      new Set([
        await index(a, 'phone', '1'),
        await index(a, 'phone', '2'),
        await index(a, 'email', '1'),
        await index(b, 'phone', '1'),
      ]).size,
    ).toBe(4);
  });

  it('are made once, however many ask', async () => {
    const id = newObjectId().toString();
    await Promise.all(Array.from({ length: 8 }, () => ensureOrganizationKey(id)));
    expect(await organizationKeyModel.countDocuments({ organizationId: objectId(id) })).toBe(2);
  });

  it('seal a file that opens only as itself', async () => {
    const [a, b] = [await organization(), await organization()];
    const content = randomBytes(100_000);
    const sealed = await sealFile(a, 'f1', content);
    expect(sealed.length).toBe(content.length + 36);
    expect((await openFile(a, 'f1', sealed)).equals(content)).toBe(true);
    await expect(openFile(a, 'f2', sealed)).rejects.toThrow();
    await expect(openFile(b, 'f1', sealed)).rejects.toThrow();
    const changed = Buffer.from(sealed);
    changed[sealed.length - 1] = (changed[sealed.length - 1] ?? 0) ^ 1;
    await expect(openFile(a, 'f1', changed)).rejects.toThrow();
    await expect(openFile(a, 'f1', content)).rejects.toThrow('not a sealed file');
  });
});

describe('rotation', () => {
  it('of the data key writes with the new one, reads with both, and keeps the search index', async () => {
    const id = await organization();
    const old = await seal(id, 'secret');
    const digest = await index(id, 'phone', '1');
    expect(await addDataKey(id)).toBe(2);
    const fresh = await seal(id, 'secret');
    expect(fresh.startsWith('enc.1.2.')).toBe(true);
    expect(await open(id, old)).toBe('secret');
    expect(await index(id, 'phone', '1')).toBe(digest);
    expect(await destroyDataKeysBelow(id, 2)).toBe(1);
    expect(await open(id, fresh)).toBe('secret');
    await expect(open(id, old)).rejects.toThrow('Key version 1');
  });

  it('is noticed by a process that still holds the former keys', async () => {
    const id = await organization();
    await seal(id, 'this process knows version 1');
    // As another process would: with a row this one has not read.
    await addDataKey(id);
    const fresh = await seal(id, 'new');
    const row = await organizationKeyModel
      .findOne({ organizationId: objectId(id), version: 2 })
      .orFail()
      .lean();
    await organizationKeyModel.deleteOne({ _id: row._id });
    forgetKeyring(id);
    expect((await seal(id, 'x')).startsWith('enc.1.1.')).toBe(true);
    await organizationKeyModel.create({
      organizationId: row.organizationId,
      version: 2,
      wrapped: row.wrapped,
      kek: row.kek ?? null,
    });
    expect(await open(id, fresh)).toBe('new');
  });

  it('of the key encryption key rewraps every row, after which the former key is not needed', async () => {
    const id = await organization();
    const sealed = await seal(id, 'secret');
    const config = env();
    const former = config.KEY_ENCRYPTION_KEY;
    try {
      config.KEY_ENCRYPTION_KEY = randomBytes(32).toString('base64');
      forgetKeyring(id);
      await expect(open(id, sealed)).rejects.toThrow('No configured key encryption key');
      config.KEY_ENCRYPTION_KEYS_RETIRED = [former];
      expect(await open(id, sealed)).toBe('secret');
      expect(await rewrapOrganizationKeys(id)).toBe(2);
      config.KEY_ENCRYPTION_KEYS_RETIRED = [];
      forgetKeyring(id);
      expect(await open(id, sealed)).toBe('secret');
      expect(await rewrapOrganizationKeys(id)).toBe(0);
    } finally {
      config.KEY_ENCRYPTION_KEY = former;
      config.KEY_ENCRYPTION_KEYS_RETIRED = [];
    }
  });
});

it('shredding makes what was sealed unreadable for good, and touches nobody else', async () => {
  const [a, b] = [await organization(), await organization()];
  const [ofA, fileOfA, ofB] = [
    await seal(a, 'secret'),
    await sealFile(a, 'f', Buffer.from('scan')),
    await seal(b, 'secret'),
  ];
  expect(await shredOrganizationKeys(a)).toBe(2);
  await expect(open(a, ofA)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  await expect(openFile(a, 'f', fileOfA)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  // Not even provisioning again brings them back.
  await ensureOrganizationKey(a);
  await expect(open(a, ofA)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  const rows = await organizationKeyModel.find({ organizationId: objectId(a) }).lean();
  expect(rows.map(({ wrapped }) => wrapped)).toEqual(['destroyed', 'destroyed']);
  expect(await open(b, ofB)).toBe('secret');
});
