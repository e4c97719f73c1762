import { printLotLabels } from '@/features/pharmacy/lot-labels/print-lot';
import { lotLabelQuery } from '@/features/pharmacy/lot-labels/schema';
import { staffDocument } from '@/lib/actions/exports';

/** Labels of a lot for packs without a code. */
export const GET = staffDocument({
  permission: 'medicines:read',
  audit: 'stock.labels',
  target: (_query, { batchId = '' }) => `lot:${batchId}`,
  query: lotLabelQuery,
  document: (ctx, query, { batchId = '' }) => printLotLabels(ctx, batchId, query),
});
