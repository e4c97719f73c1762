import { z } from 'zod';
import { PASSWORD_MIN_LENGTH } from './limits';

/** That it is not a well known one is asked on the server (lib/crypto/common-passwords). */
export const newPassword = z
  .string('Enter a password.')
  .min(
    PASSWORD_MIN_LENGTH,
    `Use at least ${PASSWORD_MIN_LENGTH} characters; a few words in a row are easy to remember.`,
  )
  .max(200, 'Use at most 200 characters.');
