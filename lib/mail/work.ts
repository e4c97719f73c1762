import 'server-only';
import { z } from 'zod';
import { defineWork, MOST_ATTEMPTS } from '../work/define-work';
import { done } from '../work/outcome';
import { deliverLogged, noteGivenUp } from './log';

const letter = z.object({
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  fromName: z.string().optional(),
  replyTo: z.string().optional(),
  headers: z.record(z.string(), z.string()).optional(),
});

declare module '../work/define-work' {
  interface WorkPayloads {
    'mail.send': z.input<typeof letter>;
  }
}

/** Every mail that is written in the transaction of what it tells; its key keeps it from being sent twice. */
export const mailWork = defineWork({
  name: 'mail.send',
  payload: letter,
  steps: {
    sent: async ({ key, attempt, payload: { fromName, replyTo, headers, ...mail } }) => {
      try {
        await deliverLogged(key, {
          ...mail,
          ...(fromName ? { fromName } : {}),
          ...(replyTo ? { replyTo } : {}),
          ...(headers ? { headers } : {}),
        });
      } catch (error) {
        if (attempt >= MOST_ATTEMPTS)
          await noteGivenUp(key, error instanceof Error ? error.message : String(error));
        throw error;
      }
      return done;
    },
  },
});
