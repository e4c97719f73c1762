import 'server-only';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { paperFrame } from '@/features/identity/papers/queries';
import { printPaper } from '@/features/identity/papers/service';
import type { TenantContext } from '@/lib/tenancy/context';
import { statementPaper } from './paper';
import { getStatement } from './queries';
import type { StatementQuery } from './schema';

/** The account of a supplier as a PDF; that it was printed is kept. @throws AppError NOT_FOUND. */
export async function printStatement(ctx: TenantContext, supplierId: string, query: StatementQuery) {
  const found = await getStatement(ctx, supplierId, query);
  const [frame, { currency }] = await Promise.all([paperFrame(ctx), getBillSettings(ctx)]);
  const content = await printPaper(ctx, `statement:${supplierId}:${found.from}:${found.to}`, () =>
    statementPaper(found, frame, currency),
  );
  return { name: `statement-${found.to}.pdf`, contentType: 'application/pdf', content, isInline: true };
}
