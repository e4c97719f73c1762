import { EmptyState } from '@/components/ui/empty-state';
import { ScrollRegion } from '@/components/ui/scroll-region';
import { countryName } from '@/lib/countries';
import { formatMoney } from '@/lib/money';
import { type TaxRow, TREATMENT_LABEL } from '../policy';

const HEAD = ['Country', 'Treatment', 'Invoices', 'Net', 'Tax', 'Total'];
const cell = 'px-2.5 py-2 sm:px-4';

/** What was invoiced where, and the tax of it. */
export function TaxTable({ rows }: { rows: readonly TaxRow[] }) {
  if (rows.length === 0)
    return (
      <EmptyState title="No invoice in this month" className="py-8">
        Drafts and invoices that were made void are not counted.
      </EmptyState>
    );
  return (
    <ScrollRegion aria-label="Invoices by country">
      <table className="w-full text-left text-sm">
        <thead>
          <tr className="text-[0.8125rem] text-text-muted">
            {HEAD.map((name, index) => (
              <th key={name} scope="col" className={`${cell} font-medium ${index > 1 ? 'text-right' : ''}`}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="tabular-nums">
          {rows.map((row) => (
            <tr key={row.id} className="border-border border-t text-text-muted">
              <th scope="row" className={`${cell} font-medium text-text`}>
                {row.country ? countryName(row.country) : 'No address'}
                {row.state ? <span className="block font-normal text-text-muted">{row.state}</span> : null}
              </th>
              <td className={cell}>{TREATMENT_LABEL[row.treatment]}</td>
              <td className={`${cell} text-right`}>{row.invoices}</td>
              {[row.netMinor, row.taxMinor, row.totalMinor].map((minor, index) => (
                <td key={HEAD[index + 3]} className={`${cell} whitespace-nowrap text-right`}>
                  {formatMoney(minor, row.currency)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
