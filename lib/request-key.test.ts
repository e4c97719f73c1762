import { expect, it } from 'vitest';
import { newRequestKey, REQUEST_KEY, readRequestKey } from './request-key';

const posted = (key: string) => {
  const form = new FormData();
  form.set(REQUEST_KEY, key);
  return form;
};

it('makes keys that the server takes, no two the same', () => {
  const keys = new Set(Array.from({ length: 500 }, newRequestKey));
  expect(keys.size).toBe(500);
  for (const key of keys) expect(readRequestKey(posted(key))).toBe(key);
});

it.each(['', 'short', '{"$ne":null}', 'a'.repeat(65), 'with space in the key'])('takes no %j', (key) => {
  expect(readRequestKey(posted(key))).toBeUndefined();
  expect(readRequestKey(null)).toBeUndefined();
});
