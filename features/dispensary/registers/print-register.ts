import 'server-only';
import { paperFrame } from '@/features/identity/papers/queries';
import { printPaper } from '@/features/identity/papers/service';
import { registersOf } from '@/features/pharmacy/medicines/control-classes';
import { getPharmacySettings } from '@/features/pharmacy/pharmacy-settings/queries';
import { branchNameOf } from '@/lib/branches';
import { notFoundError } from '@/lib/errors';
import { EVERYWHERE, scopeOf, workAt } from '@/lib/tenancy/at-branch';
import type { TenantContext } from '@/lib/tenancy/context';
import { monthOf, today } from '@/lib/time';
import { registerPaper } from './paper';
import { listRegister } from './queries';
import type { RegisterQuery } from './schema';

/**
 * The register as a PDF, of the branch that is asked for with its head, or of all of them; that it was
 * printed is kept.
 * @throws AppError NOT_FOUND for a class without one.
 */
export async function printRegister(ctx: TenantContext, query: RegisterQuery) {
  const month = query.month ?? monthOf(today(ctx.timeZone));
  const register = registersOf(ctx.organization.country).find(({ id }) => id === query.class);
  if (!register) throw notFoundError('register');
  const scope = scopeOf(ctx, query.branch ?? ctx.branch.id);
  const isWhole = scope === EVERYWHERE;
  const at = isWhole ? ctx : workAt(ctx, scope);
  const [rows, frame, { licences, pharmacist }] = await Promise.all([
    listRegister(ctx, register.id, month, scope),
    paperFrame(at),
    getPharmacySettings(at),
  ]);
  const where = ctx.branches.length > 1 && isWhole ? 'All branches' : branchNameOf(ctx, scope);
  const subject = ['register', register.id, month, ...(where ? [scope] : [])].join(':');
  const content = await printPaper(ctx, subject, () =>
    registerPaper(rows, frame, { label: register.label, month, where, licences, pharmacist }),
  );
  return {
    name: `register-${register.id}-${month}.pdf`,
    contentType: 'application/pdf',
    content,
    isInline: true,
  };
}
