import 'server-only';
import { defineWork, type NoPayload } from '@/lib/work/define-work';
import { done } from '@/lib/work/outcome';
import { measureStatus } from './measure';
import { MEASURE_EVERY_MINUTES } from './measured';
import { tellSubscribers } from './subscribers';

declare module '@/lib/work/define-work' {
  interface WorkPayloads {
    'status.measure': NoPayload;
    'status.tell': NoPayload;
  }
}

export const statusWork = [
  defineWork({
    name: 'status.measure',
    every: { minutes: MEASURE_EVERY_MINUTES },
    steps: { measured: () => measureStatus().then(() => done) },
  }),
  defineWork({
    name: 'status.tell',
    steps: { told: ({ key }) => tellSubscribers(key).then(() => done) },
  }),
];
