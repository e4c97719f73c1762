import 'server-only';
import { paperFrame } from '@/features/identity/papers/queries';
import { printPaper } from '@/features/identity/papers/service';
import { registersOf } from '@/features/pharmacy/medicines/control-classes';
import { getPharmacySettings } from '@/features/pharmacy/pharmacy-settings/queries';
import { notFoundError } from '@/lib/errors';
import type { TenantContext } from '@/lib/tenancy/context';
import { monthOf, today } from '@/lib/time';
import { registerPaper } from './paper';
import { listRegister } from './queries';
import type { RegisterQuery } from './schema';

/** The register as a PDF; that it was printed is kept. @throws AppError NOT_FOUND for a class without one. */
export async function printRegister(ctx: TenantContext, query: RegisterQuery) {
  const month = query.month ?? monthOf(today(ctx.timeZone));
  const register = registersOf(ctx.organization.country).find(({ id }) => id === query.class);
  if (!register) throw notFoundError('register');
  const [rows, frame, { licences, pharmacist }] = await Promise.all([
    listRegister(ctx, register.id, month),
    paperFrame(ctx),
    getPharmacySettings(ctx),
  ]);
  const content = await printPaper(ctx, `register:${register.id}:${month}`, () =>
    registerPaper(rows, frame, { label: register.label, month, licences, pharmacist }),
  );
  return {
    name: `register-${register.id}-${month}.pdf`,
    contentType: 'application/pdf',
    content,
    isInline: true,
  };
}
