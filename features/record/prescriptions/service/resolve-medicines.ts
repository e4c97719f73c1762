import 'server-only';
import type { ClientSession } from 'mongoose';
import { medicineModel } from '@/features/pharmacy/medicines/model';
import { countOf } from '@/features/pharmacy/medicines/policy';
import { AppError, notFoundError } from '@/lib/errors';
import { objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { quantityOf } from '../dosage';
import { type Dispensed, isSameUnit, type PrescriptionContent } from '../policy';

/**
 * What is in the formulary is written as the formulary has it, whatever the browser sent; a quantity of
 * another unit is computed again.
 * @throws AppError NOT_FOUND; CONFLICT where a line of which something was given has another unit now.
 */
export async function resolveMedicines(
  ctx: TenantContext,
  content: PrescriptionContent,
  dispensed: Dispensed,
  session: ClientSession,
): Promise<PrescriptionContent> {
  const $in = content.lines.flatMap(({ medicineId }) =>
    medicineId ? [objectId(medicineId, 'medicine')] : [],
  );
  if ($in.length === 0) return content;
  const rows = await medicineModel(ctx)
    .find({ _id: op({ $in }) })
    .select('name genericName form strength unit')
    .session(session)
    .lean();
  const known = new Map(rows.map((row) => [row._id.toString(), row]));
  const lines = content.lines.map((line) => {
    if (!line.medicineId) return line;
    const row = known.get(line.medicineId);
    if (!row) throw notFoundError('medicine');
    const { name, form, unit } = row;
    const isRecounted = !isSameUnit(unit, line.unit);
    const given = dispensed[line.id]?.given ?? 0;
    if (isRecounted && given > 0)
      throw new AppError(
        'CONFLICT',
        `${name} is counted by the ${unit} now, and ${countOf(given, line.unit)} of it was given. Take the line out and prescribe the rest as a new one.`,
      );
    return {
      ...line,
      name,
      form,
      unit,
      strength: row.strength ?? undefined,
      ingredient: row.genericName ?? undefined,
      quantity: isRecounted ? quantityOf({ form, site: line.site, steps: line.steps }, unit) : line.quantity,
    };
  });
  return { ...content, lines };
}
