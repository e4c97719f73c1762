import 'server-only';
import { z } from 'zod';
import { withTenantDatabase } from '@/lib/tenancy/factory';
import { defineWork } from '@/lib/work/define-work';
import { done } from '@/lib/work/outcome';
import { followTimeZone } from './follow-time-zone';

declare module '@/lib/work/define-work' {
  interface WorkPayloads {
    /** The organization's time zone was corrected, `at` an instant. Key: `<organization>:<at>`. */
    'appointments.time-zone': { organizationId: string; from: string; to: string; at: string };
  }
}

export const appointmentsWork = [
  defineWork({
    name: 'appointments.time-zone',
    payload: z.object({ organizationId: z.string(), from: z.string(), to: z.string(), at: z.string() }),
    steps: {
      followed: ({ payload: { organizationId, ...change } }) =>
        withTenantDatabase(organizationId, (db) => followTimeZone({ db }, change)).then(() => done),
    },
  }),
];
