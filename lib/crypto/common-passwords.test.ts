import { describe, expect, it } from 'vitest';
import { isAboutOneself, isCommonPassword, refuseCommonPassword } from './common-passwords';

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
    'India@123456',
    'admin@123456',
    'Eyecare@2026!',
    'P@ssw0rd@2026',
    'Password!!!!!!!!',
    'hospital_987654321',
    '#Welcome#2026#',
    'Admin@India2026',
    'ｐａｓｓｗｏｒｄ１２３４',
    'doctor 1111111111',
    '1234-5678-9012',
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

describe('a password that is about its person', () => {
  const facts = ['Aravali Eye Hospital', 'meera.nair@aravali.test', 'Meera Nair'];
  it.each([
    'AravaliEyeHospital1',
    'meera nair 2026',
    'Meera.Nair@aravali',
    'chakravueAravali',
    'aravali-hospital!',
  ])('is refused: %s', async (password) => {
    expect(isAboutOneself(password, facts)).toBe(true);
    await expect(refuseCommonPassword(password, 'password', facts)).rejects.toMatchObject({
      field: 'password',
    });
  });

  it.each(['meera likes green mangoes', 'correct horse battery', '1234-5678-9012'])(
    'is not: %s',
    (password) => {
      expect(isAboutOneself(password, facts)).toBe(false);
    },
  );
});
