import 'server-only';
import { organizationModel } from '@/lib/master/models/organization';
import { op } from '@/lib/mongo';

type Id = { toString(): string };

/** Names of the organizations that some rows speak of, by id. */
export async function organizationNames(
  ids: readonly (Id | null | undefined)[],
): Promise<Map<string, { id: string; name: string }>> {
  const wanted = [...new Set(ids.flatMap((id) => (id ? [id.toString()] : [])))];
  if (wanted.length === 0) return new Map();
  const rows = await organizationModel
    .find({ _id: op({ $in: wanted }) })
    .select('organizationName')
    .lean();
  return new Map(
    rows.map((row) => [row._id.toString(), { id: row._id.toString(), name: row.organizationName }]),
  );
}
