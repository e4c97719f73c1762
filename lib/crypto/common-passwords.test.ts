import { describe, expect, it } from 'vitest';
import { isCommonPassword, refuseCommonPassword } from './common-passwords';

describe('a password that many have', () => {
  it.each([
    '1qaz2wsx3edc',
    'ADMINISTRATOR',
    'Password2026!',
    'chakravue1234',
    'iloveyou1234',
    'passwordpassword',
    '111111111111',
    'abcabcabcabc',
    'letmein12345',
  ])('is refused: %s', async (password) => {
    expect(await isCommonPassword(password)).toBe(true);
    await expect(refuseCommonPassword(password, 'newPassword')).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      field: 'newPassword',
    });
  });

  it.each(['correct horse battery', 'quite another password', 'mango-tide-42-lantern', 'dragon8347562901'])(
    'is not: %s',
    async (password) => {
      await expect(refuseCommonPassword(password, 'password')).resolves.toBeUndefined();
    },
  );
});
