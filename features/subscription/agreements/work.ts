import 'server-only';
import { defineWork, type NoPayload } from '@/lib/work/define-work';
import { done } from '@/lib/work/outcome';
import { voidAcceptances } from './service';

declare module '@/lib/work/define-work' {
  interface WorkPayloads {
    'agreements.void': NoPayload;
  }
}

export const agreementsWork = [
  // The key is the id of the account that turned out to be somebody else's.
  defineWork({
    name: 'agreements.void',
    steps: { voided: ({ key }) => voidAcceptances(key).then(() => done) },
  }),
];
