import Link from '@/components/ui/link';
import { ScrollRegion } from '@/components/ui/scroll-region';
import { formatMoney } from '@/lib/money';
import { monthName } from '../months';
import type { RevenueMonth } from '../queries';
import type { Figure } from '../schema';
import { figureHref, inPercent } from './revenue-words';

export const MOVEMENTS = [
  { figure: 'new', label: 'New', field: 'newCents' },
  { figure: 'expansion', label: 'Expansion', field: 'expansionCents' },
  { figure: 'reactivation', label: 'Reactivation', field: 'reactivationCents' },
  { figure: 'contraction', label: 'Contraction', field: 'contractionCents' },
  { figure: 'churn', label: 'Churn', field: 'churnCents' },
] as const satisfies readonly { figure: Figure; label: string; field: keyof RevenueMonth }[];

/** Month by month, the newest first; each amount leads to the organizations behind it. */
export function RevenueMonths({ months, currency }: { months: readonly RevenueMonth[]; currency: string }) {
  const money = (cents: number) => formatMoney(cents, currency);
  const head = 'whitespace-nowrap px-4 py-2.5 text-right font-medium';
  const cell = 'whitespace-nowrap px-4 py-2 text-right';
  return (
    <ScrollRegion aria-label="Revenue by month" className="print:overflow-visible">
      <table className="w-full text-left text-sm">
        <caption className="sr-only">Revenue by month</caption>
        <thead>
          <tr className="text-[0.8125rem] text-text-muted">
            <th scope="col" className="px-4 py-2.5 font-medium">
              Month
            </th>
            {MOVEMENTS.map(({ label }) => (
              <th key={label} scope="col" className={head}>
                {label}
              </th>
            ))}
            {['Net', 'MRR at end', 'Customers', 'Customer churn', 'Revenue churn'].map((label) => (
              <th key={label} scope="col" className={head}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="tabular-nums">
          {[...months].reverse().map((row) => (
            <tr key={row.month} className="border-border border-t text-text-muted">
              <th scope="row" className="whitespace-nowrap px-4 py-2 font-medium text-text">
                {monthName(row.month)}
              </th>
              {MOVEMENTS.map(({ figure, label, field }) => (
                <td key={figure} className={cell}>
                  {row[field] === 0 ? (
                    '–'
                  ) : (
                    <Link
                      href={figureHref(figure, { currency, month: row.month })}
                      aria-label={`${label} in ${monthName(row.month)}: ${money(row[field])}`}
                      className="text-accent underline underline-offset-2"
                    >
                      {money(row[field])}
                    </Link>
                  )}
                </td>
              ))}
              <td className={cell}>{money(row.netCents)}</td>
              <td className={`${cell} font-medium text-text`}>{money(row.mrrCents)}</td>
              <td className={cell}>{row.customers}</td>
              <td className={cell}>{inPercent(row.customerChurn)}</td>
              <td className={cell}>{inPercent(row.revenueChurn)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
