import { expect, it } from 'vitest';
import { comeBackInput, isObvious, setPinInput } from './schema';

it.each(['000000', '777777', '123456', '654321', '890123'])('finds %s too easy', (pin) => {
  expect(isObvious(pin)).toBe(true);
  expect(setPinInput.safeParse({ currentPassword: 'x', pin }).success).toBe(false);
});

it.each(['384951', '121212', '100000', '246802'])('takes %s', (pin) => {
  expect(setPinInput.safeParse({ currentPassword: 'x', pin }).success).toBe(true);
});

it.each(['12345', '1234567', '12a456', '', { $ne: null }, undefined])('refuses %j', (pin) => {
  expect(comeBackInput.safeParse({ person: 'x', pin }).success).toBe(false);
});
