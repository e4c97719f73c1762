import { randomUUID } from 'node:crypto';
import { AllYears } from '@/app/(clinic)/patients/[patientId]/patient-history';
import { buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import Link from '@/components/ui/link';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { duesOfPatient, listBillsOfPatient } from '@/features/cashier/bills/queries';
import { BillList } from '@/features/cashier/bills/ui/bill-list';
import { listAdvances } from '@/features/cashier/payments/queries';
import { RefundAdvance, TakeAdvance } from '@/features/cashier/payments/ui/advance-dialogs';
import { load } from '@/lib/actions/staff';
import { formatAmount } from '@/lib/currency';
import { paths } from '@/lib/paths';
import type { TenantContext } from '@/lib/tenancy/context';

const SHOWN = 12;

/** What a patient was billed and has in advance; for those who may see it. */
export async function PatientBills({ ctx, patientId }: { ctx: TenantContext; patientId: string }) {
  const [bills, advances, { currency }, due] = await load(
    Promise.all([
      ...([listBillsOfPatient(ctx, patientId), listAdvances(ctx, patientId)] as const),
      ...([getBillSettings(ctx), duesOfPatient(ctx, patientId)] as const),
    ]),
  );
  return (
    <Section
      title="Bills"
      description={due > 0 ? `${formatAmount(due, currency)} due` : 'Nothing due'}
      actions={
        <>
          <a href={paths.statementPrint(patientId)} className={buttonClass({ size: 'sm' })}>
            Statement
          </a>
          <Link href={paths.patientPayers(patientId)} className={buttonClass({ size: 'sm' })}>
            Who pays
          </Link>
          {bills.length > SHOWN ? <AllYears patientId={patientId} /> : null}
          {ctx.can('payments:write') ? <TakeAdvance patientId={patientId} requestKey={randomUUID()} /> : null}
        </>
      }
      flush
    >
      {advances.map((advance) => (
        <div
          key={advance.id}
          className="flex flex-wrap items-center justify-between gap-3 border-border border-b px-4 py-2.5 sm:px-5"
        >
          <span>
            Advance {advance.number}: {formatAmount(advance.leftMinor ?? 0, currency)} left
          </span>
          {ctx.can('refunds:write') ? (
            <RefundAdvance advance={advance} currency={currency} requestKey={randomUUID()} />
          ) : null}
        </div>
      ))}
      <BillList bills={bills.slice(0, SHOWN)} currency={currency} showPatient={false} empty="No bills yet." />
    </Section>
  );
}
