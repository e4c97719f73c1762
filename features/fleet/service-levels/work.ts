import 'server-only';
import { MEASURE_EVERY_MINUTES } from '@/features/fleet/status/measured';
import { defineWork, type NoPayload } from '@/lib/work/define-work';
import { done } from '@/lib/work/outcome';
import { measureServiceLevels } from './measure';

declare module '@/lib/work/define-work' {
  interface WorkPayloads {
    'service-levels.measure': NoPayload;
  }
}

export const serviceLevelsWork = [
  defineWork({
    name: 'service-levels.measure',
    every: { minutes: MEASURE_EVERY_MINUTES },
    steps: { measured: () => measureServiceLevels().then(() => done) },
  }),
];
