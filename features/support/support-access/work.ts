import 'server-only';
import { defineWork, type NoPayload } from '@/lib/work/define-work';
import { done } from '@/lib/work/outcome';
import { expireGrant } from './service';

declare module '@/lib/work/define-work' {
  interface WorkPayloads {
    'support.expire': NoPayload;
  }
}

export const supportAccessWork = [
  defineWork({
    name: 'support.expire',
    steps: { expired: ({ key }) => expireGrant(key).then(() => done) },
  }),
];
