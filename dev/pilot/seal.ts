import { withFieldCipher } from '@/lib/crypto/field-cipher';
import type { newObjectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { tenantDefinitions } from '@/lib/tenancy/define-tenant-model';

export type Row = { _id: ReturnType<typeof newObjectId>; [field: string]: unknown };

/** Seals what the model marks as sensitive in rows that are written past it. @returns copies. */
export async function sealRows(ctx: TenantContext, collection: string, rows: readonly Row[]): Promise<Row[]> {
  const definition = tenantDefinitions().find((each) => each.collection === collection);
  if (!definition) throw new Error(`There is no collection ${collection}`);
  return withFieldCipher(ctx.organizationId, (cipher) =>
    rows.map((row) => {
      const copy = { ...row };
      for (const path of definition.sensitive) {
        const text = row[path];
        if (typeof text === 'string' && text !== '')
          copy[path] = cipher.seal({ collection, path, id: row._id.toString() }, text);
      }
      return copy;
    }),
  );
}
