import 'server-only';
import { defineWork, type NoPayload } from '@/lib/work/define-work';
import { done } from '@/lib/work/outcome';
import { refreshAllRecalls } from './service';

declare module '@/lib/work/define-work' {
  interface WorkPayloads {
    'recalls.refresh': NoPayload;
  }
}

export const recallsWork = [
  defineWork({
    name: 'recalls.refresh',
    every: { minutes: 60 },
    steps: { refreshed: () => refreshAllRecalls().then(() => done) },
  }),
];
