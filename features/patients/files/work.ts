import 'server-only';
import { defineWork, type NoPayload } from '@/lib/work/define-work';
import { done } from '@/lib/work/outcome';
import { recountAllStorage } from './recount';

declare module '@/lib/work/define-work' {
  interface WorkPayloads {
    'files.recount': NoPayload;
  }
}

export const filesWork = [
  defineWork({
    name: 'files.recount',
    every: { minutes: 24 * 60 },
    steps: { recounted: () => recountAllStorage().then(() => done) },
  }),
];
