import 'server-only';
import { z } from 'zod';
import { defineWork } from '../work/define-work';
import { done } from '../work/outcome';
import { sendMail } from './send';

const letter = z.object({
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  fromName: z.string().optional(),
  replyTo: z.string().optional(),
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
    sent: async ({ payload: { fromName, replyTo, ...mail } }) => {
      await sendMail({ ...mail, ...(fromName ? { fromName } : {}), ...(replyTo ? { replyTo } : {}) });
      return done;
    },
  },
});
