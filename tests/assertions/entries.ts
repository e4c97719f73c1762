import { withEntry } from '@/lib/audit/audited';
import { auditEventModel } from '@/lib/audit/ledger';
import { settleStaff } from '@/lib/audit/notes';
import type { TenantContext } from '@/lib/tenancy/context';

/** Runs a service as an action would. @returns what its entry in the log says of changes. */
export async function changesOf(ctx: TenantContext, run: (ctx: TenantContext) => Promise<unknown>) {
  const action = 'test.change';
  const withDraft = withEntry(ctx, action);
  await run(withDraft);
  await settleStaff(withDraft, withDraft.audit);
  const [entry] = await auditEventModel(ctx).find({ action }).sort({ seq: -1 }).limit(1).lean();
  return entry?.changes ?? [];
}
