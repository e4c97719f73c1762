import type { Metadata } from 'next';
import { Badge } from '@/components/ui/badge';
import { buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { DescriptionList } from '@/components/ui/description-list';
import { Icon } from '@/components/ui/icon';
import Link from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { getBill } from '@/features/cashier/bills/queries';
import { BillLines } from '@/features/cashier/bills/ui/bill-lines';
import { StateBadge } from '@/features/cashier/bills/ui/bill-list';
import { listReturns } from '@/features/dispensary/returns/queries';
import { ReturnList } from '@/features/dispensary/returns/ui/return-list';
import { getSale, listPapers } from '@/features/dispensary/sales/queries';
import { countOf } from '@/features/pharmacy/medicines/policy';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { formatDay, formatInstant } from '@/lib/time';

export const metadata: Metadata = { title: 'Sale' };

export default async function SalePage({ params }: PageProps<'/pharmacy/sales/[dispenseId]'>) {
  const ctx = await staffPage('dispenses:read');
  const sale = await load(getSale(ctx, (await params).dispenseId));
  const [bill, settings, returns, papers] = await load(
    Promise.all([
      ...([getBill(ctx, sale.billId), getBillSettings(ctx)] as const),
      ...([listReturns(ctx, sale.id), listPapers(ctx, sale.id)] as const),
    ]),
  );
  const { buyer, prescriber, paperDay } = sale.sale;
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: 'Pharmacy', href: paths.pharmacy }, { label: 'Sale' }]}
        title={`Sale to ${buyer.name}`}
        badge={<StateBadge bill={bill} />}
        description={`Bill ${bill.number}, ${formatInstant(new Date(sale.at), ctx.timeZone)} by ${sale.byName}`}
        actions={
          <>
            {ctx.can('bills:read') ? (
              <Link
                href={paths.bill(bill.id)}
                className={buttonClass({ variant: bill.dueMinor > 0 ? 'primary' : 'secondary' })}
              >
                {bill.dueMinor > 0 && ctx.can('payments:write') ? 'Take payment' : 'Open the bill'}
              </Link>
            ) : null}
            <a href={paths.salePrint(sale.id, 'roll')} className={buttonClass()}>
              <Icon of="printer" /> Print on roll
            </a>
            <a href={paths.salePrint(sale.id)} className={buttonClass()}>
              <Icon of="printer" /> Print bill
            </a>
            {ctx.can('dispenses:write') ? (
              <Link href={paths.takeBack(sale.id)} className={buttonClass()}>
                Take back
              </Link>
            ) : null}
            {ctx.can('sales:write') ? (
              <Link href={paths.newSale} className={buttonClass()}>
                Next sale
              </Link>
            ) : null}
          </>
        }
      />
      <div className="grid max-w-4xl gap-5">
        <Section title="What was sold" flush>
          <BillLines bill={bill} currency={{ ...settings.currency, code: bill.currency }} />
        </Section>
        <Section title="Of these lots">
          <ul className="grid gap-1 text-sm">
            {sale.lines.map((line) => (
              <li key={line.lineId}>
                <span className="font-medium">{line.name}</span>: {countOf(line.quantity, line.unit)}
                {line.lots
                  .map((lot) => `, ${lot.quantity} of lot ${lot.lotNumber} (${formatDay(lot.expiresOn)})`)
                  .join('')}
              </li>
            ))}
          </ul>
        </Section>
        <Section title="Who bought it">
          <DescriptionList
            columns={2}
            items={[
              {
                label: 'Customer',
                value: sale.patientId ? (
                  <Link href={paths.patient(sale.patientId)} className="underline">
                    {buyer.name}, {buyer.number}
                  </Link>
                ) : (
                  <>
                    {buyer.name} <Badge>No patient</Badge>
                  </>
                ),
              },
              { label: 'Phone', value: buyer.phone },
              ...(prescriber
                ? [
                    {
                      label: 'Doctor',
                      value: [prescriber.name, prescriber.address].filter(Boolean).join(', '),
                    },
                    { label: 'Date on the paper', value: paperDay ? formatDay(paperDay) : null },
                    ...papers.map(({ id, name }) => ({
                      label: 'Scan of the paper',
                      value: (
                        <a
                          href={paths.salePaper(id, sale.id)}
                          target="_blank"
                          rel="noreferrer"
                          className="underline underline-offset-2"
                        >
                          {name}
                        </a>
                      ),
                    })),
                  ]
                : []),
            ]}
          />
        </Section>
        <ReturnList returns={returns} timeZone={ctx.timeZone} />
      </div>
    </>
  );
}
