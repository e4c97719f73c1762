import { expect, it } from 'vitest';
import { hashPassword, verifyPassword } from './password';

it('stores argon2id with a salt of its own', async () => {
  const [a, b] = await Promise.all([
    hashPassword('correct horse battery'),
    hashPassword('correct horse battery'),
  ]);
  expect(a).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(a).not.toBe(b);
  expect(await verifyPassword(a, 'correct horse battery')).toBe(true);
  expect(await verifyPassword(a, 'correct horse batterY')).toBe(false);
});

it('says no for a person who does not exist, even with the decoy password', async () => {
  expect(await verifyPassword(null, 'a password that nobody has')).toBe(false);
  expect(await verifyPassword(undefined, 'anything')).toBe(false);
});
