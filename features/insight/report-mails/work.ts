import 'server-only';
import { defineWork, type NoPayload } from '@/lib/work/define-work';
import { done } from '@/lib/work/outcome';
import { sendReportMail } from './send';
import { enqueueReportMails } from './service';

declare module '@/lib/work/define-work' {
  interface WorkPayloads {
    'reports.due': NoPayload;
    'reports.mail': NoPayload;
  }
}

export const reportMailsWork = [
  defineWork({
    name: 'reports.due',
    every: { minutes: 5 },
    steps: { asked_for: () => enqueueReportMails().then(() => done) },
  }),
  defineWork({
    name: 'reports.mail',
    steps: { sent: ({ key }) => sendReportMail(key).then(() => done) },
  }),
];
