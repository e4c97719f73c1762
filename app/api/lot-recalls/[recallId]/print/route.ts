import { printRecallLetters } from '@/features/dispensary/lot-recalls/print-letters';
import { recallLettersQuery } from '@/features/dispensary/lot-recalls/schema';
import { staffDocument } from '@/lib/actions/exports';

/** Letters to who got a recalled lot and was not told yet. */
export const GET = staffDocument({
  permission: 'dispenses:write',
  audit: 'lot-recall.letters',
  target: (_query, { recallId = '' }) => `lot-recall:${recallId}`,
  query: recallLettersQuery,
  document: (ctx, { branch }, { recallId = '' }) => printRecallLetters(ctx, recallId, branch),
});
