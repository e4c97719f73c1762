import 'server-only';
import { defineWork, type NoPayload } from '@/lib/work/define-work';
import { done } from '@/lib/work/outcome';
import { rollUpAllUse } from './roll-up';

declare module '@/lib/work/define-work' {
  interface WorkPayloads {
    'stock-use.roll-up': NoPayload;
  }
}

export const stockUseWork = [
  defineWork({
    name: 'stock-use.roll-up',
    every: { minutes: 60 },
    steps: { rolled_up: () => rollUpAllUse().then(() => done) },
  }),
];
