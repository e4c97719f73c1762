import 'server-only';
import { soundKeysOf } from '@/features/patients/patients/sounds';
import { tenantDefinitionOf } from '@/lib/tenancy/define-tenant-model';
import type { TenantDatabase } from '@/lib/tenancy/tenant-database';
import { type Pass, type WalkProgress, walk } from './walk';

/** Every patient is also found by how their name sounds. */
export async function keySounds(db: TenantDatabase, progress: WalkProgress): Promise<void> {
  const definition = tenantDefinitionOf('patients');
  const pass: Pass = {
    name: 'sounds of names',
    definition,
    fields: ['firstName', 'lastName', 'soundKeys'],
    changesOf: async (rows) =>
      rows.flatMap(({ _id, firstName, lastName, soundKeys }) => {
        if (Array.isArray(soundKeys)) return [];
        const keys = soundKeysOf(String(firstName), lastName ? String(lastName) : undefined);
        // A name that is corrected meanwhile has brought its own.
        const filter = { _id, firstName, soundKeys: { $exists: false } };
        return [{ updateOne: { filter, update: { $set: { soundKeys: keys } } } }];
      }),
  };
  await walk(db, [pass], progress);
}
