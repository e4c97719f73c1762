import 'server-only';
import { defineWork, type NoPayload } from '@/lib/work/define-work';
import { done } from '@/lib/work/outcome';
import { expireSignups } from './expire';

declare module '@/lib/work/define-work' {
  interface WorkPayloads {
    'signup.expire': NoPayload;
  }
}

export const signupWork = [
  defineWork({
    name: 'signup.expire',
    every: { minutes: 60 },
    steps: { expired: () => expireSignups().then(() => done) },
  }),
];
