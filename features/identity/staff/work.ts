import 'server-only';
import { defineWork, type NoPayload } from '@/lib/work/define-work';
import { done } from '@/lib/work/outcome';
import { projectMembership } from './projection';

declare module '@/lib/work/define-work' {
  interface WorkPayloads {
    'staff.project': NoPayload;
  }
}

export const staffWork = [
  defineWork({
    name: 'staff.project',
    steps: { projected: ({ key }) => projectMembership(key).then(() => done) },
  }),
];
