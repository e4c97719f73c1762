import 'server-only';
import { answerOf } from '@/lib/provisioning/answer';
import { measureCells } from '@/lib/provisioning/cells';
import { defineWork, type NoPayload } from '@/lib/work/define-work';
import { done } from '@/lib/work/outcome';
import { fillPool } from './service/prepare';

declare module '@/lib/work/define-work' {
  interface WorkPayloads {
    'cells.measure': NoPayload;
    'databases.prepare': NoPayload;
  }
}

export const placementWork = [
  defineWork({
    name: 'cells.measure',
    every: { minutes: 10 },
    steps: { measured: () => measureCells().then(() => done) },
  }),
  defineWork({
    name: 'databases.prepare',
    every: { minutes: 5 },
    steps: { filled: () => answerOf(() => fillPool()) },
  }),
];
