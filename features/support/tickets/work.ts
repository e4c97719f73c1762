import 'server-only';
import { defineWork, type NoPayload } from '@/lib/work/define-work';
import { done } from '@/lib/work/outcome';
import { removeUnsent } from './attachments';
import { watchTickets } from './watch';

declare module '@/lib/work/define-work' {
  interface WorkPayloads {
    'tickets.watch': NoPayload;
  }
}

export const ticketsWork = [
  defineWork({
    name: 'tickets.watch',
    every: { minutes: 1 },
    steps: {
      reminded: () => watchTickets().then(() => done),
      unsent_removed: () => removeUnsent().then(() => done),
    },
  }),
];
