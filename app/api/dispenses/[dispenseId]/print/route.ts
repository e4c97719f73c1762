import { printLabels } from '@/features/dispensary/dispenses/print-labels';
import { labelQuery } from '@/features/dispensary/dispenses/schema';
import { staffDocument } from '@/lib/actions/exports';

/** The labels of what was handed out at one time. */
export const GET = staffDocument({
  permission: 'dispenses:read',
  audit: 'dispense.labels',
  target: (_query, { dispenseId = '' }) => `dispense:${dispenseId}`,
  query: labelQuery,
  document: (ctx, query, { dispenseId = '' }) => printLabels(ctx, dispenseId, query),
});
