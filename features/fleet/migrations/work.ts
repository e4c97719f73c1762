import 'server-only';
import { env } from '@/lib/env';
import { defineWork, type NoPayload } from '@/lib/work/define-work';
import { done } from '@/lib/work/outcome';
import { migrateFleet } from './service/migrate-fleet';
import { resealOrganization } from './service/reseal';

declare module '@/lib/work/define-work' {
  interface WorkPayloads {
    'organization.migrate': NoPayload;
    'organization.reseal': NoPayload;
  }
}

export const migrationsWork = [
  defineWork({
    name: 'organization.migrate',
    every: { minutes: 5 },
    steps: {
      migrated: async () => {
        if (env().TENANT_MIGRATIONS === 'automatic') await migrateFleet();
        return done;
      },
    },
  }),
  defineWork({
    name: 'organization.reseal',
    steps: { resealed: ({ key }) => resealOrganization(key).then(() => done) },
  }),
];
