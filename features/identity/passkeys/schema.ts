import { z } from 'zod';

/** What the browser's authenticator answered, as JSON text; its content is checked by the library. */
const response = z.string().min(2).max(20_000);
const state = z.string().max(1_000);
export const passkeyName = z
  .string('Enter a name.')
  .trim()
  .min(1, 'Enter a name that tells you which device it is.')
  .max(60, 'Use at most 60 characters.');

export const addPasskeyInput = z.object({ response, state, name: passkeyName });
export const passkeyInput = z.object({ passkeyId: z.string().max(1_400) });
export const renamePasskeyInput = passkeyInput.extend({ name: passkeyName });
export const passkeySignInOptionsInput = z.object({ challenge: z.string().max(500).default('') });
export const passkeySignInInput = z.object({ response, state, challenge: z.string().max(500).default('') });
