import 'server-only';
import { z } from 'zod';
import { withTenantDatabase } from '@/lib/tenancy/factory';
import { defineWork } from '@/lib/work/define-work';
import { again, done } from '@/lib/work/outcome';
import { keepMerged } from './service/keep-merged';

declare module '@/lib/work/define-work' {
  interface WorkPayloads {
    /** Key: the id of the merged patient. */
    'patient.merged': { organizationId: string };
  }
}

export const mergesWork = [
  defineWork({
    name: 'patient.merged',
    payload: z.object({ organizationId: z.string() }),
    steps: {
      kept: async ({ key, payload }) => {
        const next = await withTenantDatabase(payload.organizationId, (db) => keepMerged({ db }, key));
        return next ? again(next) : done;
      },
    },
  }),
];
