import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { FileStore } from '@/lib/storage/file-store';
import { s3Store } from '@/lib/storage/s3';
import { forgetEnvironment } from '@/tests/builders/environment';
import { startS3 } from './server';

const keys = { bucket: 'hospital-files', accessKeyId: 'AKIATEST', secretAccessKey: 'a secret of the store' };
let store: Awaited<ReturnType<typeof startS3>>;

/** A store as the app opens it. */
function open(overrides: Record<string, string> = {}): FileStore {
  forgetEnvironment();
  const given = {
    S3_BUCKET: keys.bucket,
    S3_ENDPOINT: store.url,
    S3_ACCESS_KEY_ID: keys.accessKeyId,
    S3_SECRET_ACCESS_KEY: keys.secretAccessKey,
    ...overrides,
  };
  for (const [name, value] of Object.entries(given)) vi.stubEnv(name, value);
  return s3Store(given.S3_BUCKET);
}

beforeAll(async () => {
  store = await startS3(keys);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await store.stop();
});

it('keeps, gives back and deletes what the app puts into a bucket', async () => {
  const files = open();
  const content = Buffer.from([0, 255, 13, 10, 128]);
  await files.put('aa/bb', content);
  expect(store.objects.get('aa/bb')).toEqual(content);
  expect(await files.get('aa/bb')).toEqual(content);
  await files.delete('aa/bb');
  expect(store.objects.size).toBe(0);
  expect(await files.get('aa/bb')).toBeNull();
  await files.delete('aa/bb');
});

it('lists what is in a folder, page by page, and nothing of another', async () => {
  const files = open();
  const keysOf = ['aa/1', 'aa/2', 'aa/3', 'aa/4', 'aa/5'];
  for (const key of [...keysOf, 'aaa/6', 'b/7']) await files.put(key, Buffer.from('x'));
  expect(await files.list('aa')).toEqual(keysOf);
  expect(await files.list('nobody')).toEqual([]);
  for (const key of store.objects.keys()) await files.delete(key);
});

it('refuses a wrong key, a wrong bucket and a store that is gone with a sentence that names none of them', async () => {
  const refused = {
    name: 'AppError',
    code: 'UNAVAILABLE',
    message: expect.not.stringMatching(/127|bucket|key/i),
  };
  await expect(open({ S3_SECRET_ACCESS_KEY: 'another' }).put('a', Buffer.from('x'))).rejects.toMatchObject(
    refused,
  );
  await expect(open({ S3_BUCKET: 'somebody-elses' }).get('a')).rejects.toMatchObject(refused);
  await expect(open({ S3_ENDPOINT: 'http://127.0.0.1:1' }).delete('a')).rejects.toMatchObject(refused);
  expect(store.objects.size).toBe(0);
});
