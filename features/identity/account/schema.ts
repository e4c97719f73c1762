import { z } from 'zod';
import { personName } from '@/features/identity/staff/schema';
import { newPassword } from '@/lib/auth/password-field';
import { accountEmail } from '@/lib/fields';

const email = z
  .string('Enter your e-mail address.')
  .trim()
  .max(254, 'Use at most 254 characters.')
  .pipe(accountEmail('Enter an e-mail address such as name@hospital.com.'));
const token = z.string().max(100);

export const emailInput = z.object({ email });
export const tokenInput = z.object({ token });
export const resetPasswordInput = z.object({ token, newPassword });
export const verifyEmailInput = z.object({ token, newPassword: newPassword.optional() });
export const confirmEmailInput = z.object({ token, currentPassword: z.string().max(200).optional() });
export const changePasswordInput = z.object({
  currentPassword: z.string('Enter your current password.').min(1, 'Enter your current password.').max(200),
  newPassword,
});
export const changeEmailInput = z.object({
  currentPassword: z.string('Enter your current password.').min(1, 'Enter your current password.').max(200),
  newEmail: email,
});
export const renameInput = z.object({ name: personName });
export const sessionInput = z.object({ sessionId: z.string().max(64) });
export const nothingInput = z.object({});
