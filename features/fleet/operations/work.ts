import 'server-only';
import { defineWork, type NoPayload } from '@/lib/work/define-work';
import { done } from '@/lib/work/outcome';
import { backUpEverybody, runOperation, sweepOperations } from './service';

declare module '@/lib/work/define-work' {
  interface WorkPayloads {
    'organization.operate': NoPayload;
    'operations.sweep': NoPayload;
    'backups.nightly': NoPayload;
  }
}

export const operationsWork = [
  defineWork({
    name: 'organization.operate',
    steps: { operated: ({ key, fence }) => runOperation(key, fence).then(() => done) },
  }),
  defineWork({
    name: 'operations.sweep',
    every: { minutes: 1 },
    steps: { swept: () => sweepOperations().then(() => done) },
  }),
  defineWork({
    name: 'backups.nightly',
    every: { minutes: 24 * 60 },
    steps: { backed_up: () => backUpEverybody().then(() => done) },
  }),
];
