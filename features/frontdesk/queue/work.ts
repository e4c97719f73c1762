import 'server-only';
import { z } from 'zod';
import { withTenantDatabase } from '@/lib/tenancy/factory';
import { defineWork } from '@/lib/work/define-work';
import { done } from '@/lib/work/outcome';
import { writePerson } from './service/rename';

declare module '@/lib/work/define-work' {
  interface WorkPayloads {
    /** Key: the patient's id. */
    'patient.renamed': { organizationId: string };
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
];
