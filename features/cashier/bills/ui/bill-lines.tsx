import { type ReportColumn, ReportTable } from '@/components/ui/report-table';
import { type Currency, formatFigure } from '@/lib/currency';
import type { Bill, BillLine } from '../dto';
import { BillSums } from './bill-sums';

/** "2.5 %" for 250 basis points. */
const rateText = (rateBp: number): string => `${rateBp / 100} %`;

/** What was billed, and what each tax comes to where there is one. */
export function BillLines({ bill, currency }: { bill: Bill; currency: Currency }) {
  const figure = (minor: number) => formatFigure(minor, currency);
  const columns: [ReportColumn<BillLine>, ...ReportColumn<BillLine>[]] = [
    {
      label: 'Service',
      cell: (line) => (
        <>
          {line.name}
          {line.isFree ? <span className="block text-text-muted">Free review</span> : null}
          {line.isNotPayable ? <span className="block text-text-muted">Not payable by the payer</span> : null}
          {line.creditedQuantity > 0 ? (
            <span className="block text-warning">{line.creditedQuantity} taken back</span>
          ) : null}
        </>
      ),
    },
    { label: 'Quantity', cell: ({ quantity }) => quantity },
    { label: 'Price', cell: ({ unitMinor }) => figure(unitMinor) },
    ...(bill.discountMinor === 0
      ? []
      : [{ label: 'Discount', cell: ({ discountMinor }: BillLine) => figure(0 - discountMinor) }]),
    ...(bill.taxMinor === 0
      ? []
      : [
          {
            label: 'Tax',
            cell: ({ taxes }: BillLine) =>
              taxes.map(({ name, rateBp, amountMinor }) => (
                <span key={name} className="block">
                  {name} {rateText(rateBp)}: {figure(amountMinor)}
                </span>
              )),
          },
        ]),
    { label: 'Total', cell: ({ totalMinor }) => figure(totalMinor) },
  ];
  return (
    <>
      <ReportTable
        caption="Lines of the bill"
        rows={bill.lines}
        rowKey={({ line }) => String(line)}
        columns={columns}
        empty="No lines"
      />
      <div className="ml-auto w-full max-w-xs p-4 sm:px-5">
        <BillSums amounts={bill} currency={currency} />
        {bill.payerMinor > 0 ? (
          <dl className="mt-1.5 grid gap-1.5 tabular-nums">
            <div className="flex justify-between gap-4 text-text-muted">
              <dt>Share of payers</dt>
              <dd>{figure(bill.payerMinor)}</dd>
            </div>
            <div className="flex justify-between gap-4 text-text-muted">
              <dt>Share of the patient</dt>
              <dd>{figure(bill.totalMinor - bill.creditedMinor - bill.payerMinor)}</dd>
            </div>
          </dl>
        ) : null}
      </div>
    </>
  );
}
