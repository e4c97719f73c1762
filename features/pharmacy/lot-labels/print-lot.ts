import 'server-only';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { paperFrame } from '@/features/identity/papers/queries';
import { printPaper } from '@/features/identity/papers/service';
import { formatAmount } from '@/lib/currency';
import { notFoundError } from '@/lib/errors';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { batchModel, medicineModel } from '../medicines/model';
import { lotLabelPaper } from './paper';
import type { LotLabelQuery } from './schema';

/** Labels of a lot as a PDF; that they were printed is kept. @throws AppError NOT_FOUND. */
export async function printLotLabels(
  ctx: TenantContext,
  batchId: string,
  { paper, count, from }: LotLabelQuery,
) {
  const lot = await batchModel(ctx).findById(objectId(batchId, 'lot')).lean();
  if (!lot) throw notFoundError('lot');
  const [medicine, frame, { currency }] = await Promise.all([
    medicineModel(ctx).findById(lot.medicineId).select('name strength').orFail().lean(),
    paperFrame(ctx),
    getBillSettings(ctx),
  ]);
  const content = await printPaper(ctx, `lot-labels:${batchId}`, () =>
    lotLabelPaper(
      {
        ...{ batchId, lotNumber: lot.lotNumber, expiresOn: lot.expiresOn },
        name: [medicine.name, medicine.strength].filter(Boolean).join(' '),
        mrp: typeof lot.mrpMinor === 'number' ? formatAmount(lot.mrpMinor, currency) : null,
      },
      {
        ...{ size: paper, count, skip: from - 1, printed: frame.printed },
        pharmacy: frame.head?.name ?? ctx.organization.name,
      },
    ),
  );
  return {
    name: `labels-${lot.lotNumber.replace(/[^\w-]/g, '')}.pdf`,
    contentType: 'application/pdf',
    content,
    isInline: true,
  };
}
