import 'server-only';
import { z } from 'zod';
import { defineWork, type NoPayload } from '@/lib/work/define-work';
import { done } from '@/lib/work/outcome';
import { mailEmailChange } from './change-email';
import { mailSignup } from './ownership';
import { recordSignIn } from './record-sign-in';
import { mailPasswordReset, mailUnlock, mailVerificationTo } from './service/send-links';

const newEmail = z.object({ newEmail: z.string() });

declare module '@/lib/work/define-work' {
  interface WorkPayloads {
    'signup.mail': NoPayload;
    'account.record-sign-in': NoPayload;
    'account.reset-password': NoPayload;
    'account.verify-email': NoPayload;
    'account.unlock': NoPayload;
    'account.change-email': z.input<typeof newEmail>;
  }
}

export const accountWork = [
  defineWork({
    name: 'signup.mail',
    steps: { sent: ({ key }) => mailSignup(key).then(() => done) },
  }),
  defineWork({
    name: 'account.record-sign-in',
    steps: { recorded: ({ key }) => recordSignIn(key).then(() => done) },
  }),
  // These three have the folded address as their key: whether it has an account is found out here, not in the
  // request.
  defineWork({
    name: 'account.reset-password',
    steps: { sent: ({ key }) => mailPasswordReset(key).then(() => done) },
  }),
  defineWork({
    name: 'account.verify-email',
    steps: { sent: ({ key }) => mailVerificationTo(key).then(() => done) },
  }),
  defineWork({
    name: 'account.unlock',
    steps: { sent: ({ key }) => mailUnlock(key).then(() => done) },
  }),
  defineWork({
    name: 'account.change-email',
    payload: newEmail,
    steps: { sent: ({ key, payload }) => mailEmailChange(key, payload.newEmail).then(() => done) },
  }),
];
