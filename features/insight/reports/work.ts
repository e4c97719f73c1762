import 'server-only';
import { defineWork, type NoPayload } from '@/lib/work/define-work';
import { done } from '@/lib/work/outcome';
import { rollUpAll } from './rollups/roll-up';

declare module '@/lib/work/define-work' {
  interface WorkPayloads {
    'reports.roll-up': NoPayload;
  }
}

export const reportsWork = [
  defineWork({
    name: 'reports.roll-up',
    every: { minutes: 60 },
    steps: { rolled_up: () => rollUpAll().then(() => done) },
  }),
];
