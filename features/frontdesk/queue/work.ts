import 'server-only';
import { z } from 'zod';
import { asOrganization, outcomeOf } from '@/lib/actions/organization';
import { withTenantDatabase } from '@/lib/tenancy/factory';
import { defineWork } from '@/lib/work/define-work';
import { done } from '@/lib/work/outcome';
import { endWaiting } from './service/end-waiting';
import { writePerson } from './service/rename';

declare module '@/lib/work/define-work' {
  interface WorkPayloads {
    /** Key: the patient's id. */
    'patient.renamed': { organizationId: string };
    /** Key: the patient's id. */
    'patient.died': { organizationId: string };
  }
}

export const queueWork = [
  defineWork({
    name: 'patient.renamed',
    payload: z.object({ organizationId: z.string() }),
    steps: {
      written: ({ key, payload }) =>
        withTenantDatabase(payload.organizationId, (db) => writePerson({ db }, key)).then(() => done),
    },
  }),
  defineWork({
    name: 'patient.died',
    payload: z.object({ organizationId: z.string() }),
    steps: {
      ended: async ({ key, payload }) =>
        outcomeOf(
          await asOrganization(payload.organizationId, { name: 'Queue', audit: 'visit.leave' }, (ctx) =>
            endWaiting(ctx, key),
          ),
        ),
    },
  }),
];
