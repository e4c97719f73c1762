import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { hashToken, open, randomToken, seal, signValue, verifySignedValue } from './cipher';

describe('seal and open', () => {
  const key = randomBytes(32);

  it('gives back what was sealed, in any script', () => {
    expect(open(key, 'a|b|c', seal(key, 'a|b|c', 'mongodb://ключ:पासवर्ड@host')).toString()).toBe(
      'mongodb://ключ:पासवर्ड@host',
    );
  });

  it('never makes the same ciphertext twice', () => {
    expect(seal(key, 'x', 'same')).not.toBe(seal(key, 'x', 'same'));
  });

  it('does not open under another organization, field or key', () => {
    const sealed = seal(key, 'org1|organizations|uri', 'secret');
    expect(() => open(key, 'org2|organizations|uri', sealed)).toThrow();
    expect(() => open(randomBytes(32), 'org1|organizations|uri', sealed)).toThrow();
  });

  it('does not open when a single byte was changed', () => {
    const bytes = Buffer.from(seal(key, 'x', 'secret'), 'base64');
    for (let index = 0; index < bytes.length; index++) {
      const changed = Buffer.from(bytes);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(() => open(key, 'x', changed.toString('base64')), `byte ${index}`).toThrow();
    }
  });
});

describe('signed values', () => {
  const later = new Date(Date.now() + 60_000);

  it('come back for the same purpose only', () => {
    const signed = signValue('signup', '65f0', later);
    expect(verifySignedValue('signup', signed)).toBe('65f0');
    expect(verifySignedValue('reset', signed)).toBeNull();
  });

  it('end, and cannot be stretched or altered', () => {
    const signed = signValue('signup', '65f0', new Date(Date.now() - 1));
    expect(verifySignedValue('signup', signed)).toBeNull();
    const [value, , signature] = signValue('signup', '65f0', later).split('.');
    expect(verifySignedValue('signup', `${value}.zzzzzzzzz.${signature}`)).toBeNull();
    for (const junk of ['', '.', '..', 'a.b.c', 'x'.repeat(1000)])
      expect(verifySignedValue('signup', junk)).toBeNull();
  });
});

it('tokens are long, different, and stored only as a hash', () => {
  const token = randomToken();
  expect(token).toHaveLength(43);
  expect(token).not.toBe(randomToken());
  expect(hashToken(token)).not.toContain(token);
});
