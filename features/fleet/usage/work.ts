import 'server-only';
import { defineWork, type NoPayload } from '@/lib/work/define-work';
import { done } from '@/lib/work/outcome';
import { summarizeAllUse } from './summarize';

declare module '@/lib/work/define-work' {
  interface WorkPayloads {
    'usage.summarize': NoPayload;
  }
}

export const usageWork = [
  defineWork({
    name: 'usage.summarize',
    every: { minutes: 60 },
    steps: { summarized: () => summarizeAllUse().then(() => done) },
  }),
];
