import 'server-only';
import { type FieldCipher, sealedVersion, withFieldCipher } from '@/lib/crypto/field-cipher';
import { tenantDefinitions } from '@/lib/tenancy/define-tenant-model';
import type { TenantDefinition } from '@/lib/tenancy/tenant-database';
import type { Pass, Raw } from './walk';

/** The fields of a record that are plain or sealed with a former key, sealed with the current one. */
function staleOf(
  cipher: FieldCipher,
  { collection, sensitive }: TenantDefinition,
  row: Raw,
): { was: Record<string, string>; is: Record<string, string> } {
  const was: Record<string, string> = {};
  const is: Record<string, string> = {};
  for (const path of sensitive) {
    const stored: unknown = row[path];
    if (typeof stored !== 'string' || stored === '' || sealedVersion(stored) >= cipher.version) continue;
    const place = { collection, path, id: row._id.toString() };
    was[path] = stored;
    is[path] = cipher.seal(place, cipher.open(place, stored));
  }
  return { was, is };
}

/** One pass for each collection with sensitive fields: everything sealed, with the current key. */
export const resealPasses = (organizationId: string): Pass[] =>
  tenantDefinitions()
    .filter(({ sensitive }) => sensitive.length > 0)
    .map((definition) => ({
      name: `seal ${definition.collection}`,
      definition,
      fields: definition.sensitive,
      changesOf: (rows) =>
        withFieldCipher(organizationId, (cipher) =>
          rows.flatMap((row) => {
            const { was, is } = staleOf(cipher, definition, row);
            // Only over what was read: an edit of the same moment has sealed its own.
            return Object.keys(is).length > 0
              ? [{ updateOne: { filter: { _id: row._id, ...was }, update: { $set: is } } }]
              : [];
          }),
        ),
    }));
