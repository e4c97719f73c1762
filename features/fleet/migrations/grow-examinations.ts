import 'server-only';
import { broughtToFormat } from '@/features/record/examinations/former-records';
import { withFieldCipher } from '@/lib/crypto/field-cipher';
import { tenantDefinitionOf } from '@/lib/tenancy/define-tenant-model';
import type { TenantDatabase } from '@/lib/tenancy/tenant-database';
import { type Pass, type Raw, type WalkProgress, walk } from './walk';

/** Measurements that are kept sealed at one path of a collection, brought to the format of today. */
function formatPass(
  organizationId: string,
  collection: string,
  path: string,
  isOne: (row: Raw) => boolean,
): Pass {
  const definition = tenantDefinitionOf(collection);
  return {
    name: `format of ${collection}`,
    definition,
    fields: [path, 'section'],
    changesOf: (rows) =>
      withFieldCipher(organizationId, (cipher) =>
        rows.filter(isOne).flatMap((row) => {
          const stored: unknown = row[path];
          if (typeof stored !== 'string' || stored === '') return [];
          const place = { collection, path, id: row._id.toString() };
          const text = cipher.open(place, stored);
          const is = JSON.stringify(broughtToFormat(JSON.parse(text)));
          if (is === text) return [];
          // Only over what was read: an edit of the same moment has the format of today.
          const filter = { _id: row._id, [path]: stored };
          return [{ updateOne: { filter, update: { $set: { [path]: cipher.seal(place, is) } } } }];
        }),
      ),
  };
}

/** Version 10: one lens and one pressure become lists, acuities become readings; no value is lost. */
export const growExaminations = (db: TenantDatabase, progress: WalkProgress): Promise<void> =>
  walk(
    db,
    [
      formatPass(db.organizationId, 'examinations', 'measurements', () => true),
      formatPass(
        db.organizationId,
        'examination_versions',
        'content',
        ({ section }) => section === 'measurements',
      ),
    ],
    progress,
  );
