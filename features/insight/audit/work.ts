import 'server-only';
import { defineWork, type NoPayload } from '@/lib/work/define-work';
import { done } from '@/lib/work/outcome';
import { maintainAllAudits, sweepMasterNotes } from './maintain';

declare module '@/lib/work/define-work' {
  interface WorkPayloads {
    'audit.maintain': NoPayload;
    'audit.sweep': NoPayload;
  }
}

export const auditWork = [
  defineWork({
    name: 'audit.maintain',
    every: { minutes: 60 },
    steps: { maintained: () => maintainAllAudits().then(() => done) },
  }),
  defineWork({
    name: 'audit.sweep',
    every: { minutes: 1 },
    steps: { swept: () => sweepMasterNotes().then(() => done) },
  }),
];
