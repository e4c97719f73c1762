import 'server-only';
import { defineWork, type NoPayload } from '@/lib/work/define-work';
import { done } from '@/lib/work/outcome';
import { fillFirst } from './service';

declare module '@/lib/work/define-work' {
  interface WorkPayloads {
    'organization.fill': NoPayload;
  }
}

export const demosWork = [
  defineWork({
    name: 'organization.fill',
    steps: { filled: ({ key }) => fillFirst(key).then(() => done) },
  }),
];
