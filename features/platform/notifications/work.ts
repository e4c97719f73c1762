import 'server-only';
import { defineWork, type NoPayload } from '@/lib/work/define-work';
import { done } from '@/lib/work/outcome';
import { sweepNotices, sweepOverdue } from './sweep';
import { sendDigests, tellAtOnce } from './tell';

declare module '@/lib/work/define-work' {
  interface WorkPayloads {
    'notices.sweep': NoPayload;
    'notices.overdue': NoPayload;
    'notices.digest': NoPayload;
  }
}

export const notificationsWork = [
  defineWork({
    name: 'notices.sweep',
    every: { minutes: 1 },
    steps: {
      written: () => sweepNotices().then(() => done),
      mailed: () => tellAtOnce().then(() => done),
    },
  }),
  defineWork({
    name: 'notices.overdue',
    every: { minutes: 30 },
    steps: { written: () => sweepOverdue().then(() => done) },
  }),
  defineWork({
    name: 'notices.digest',
    every: { minutes: 30 },
    steps: { sent: () => sendDigests().then(() => done) },
  }),
];
