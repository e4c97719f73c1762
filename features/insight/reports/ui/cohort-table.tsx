import { clsx } from 'clsx';
import { Section } from '@/components/ui/card';
import { ScrollRegion } from '@/components/ui/scroll-region';
import { monthName, plainCount } from '@/lib/words';
import { inPercent } from '../labels';
import { type Cohort, MONTHS_AFTER, shadeOf } from '../retention';
import type { Range } from '../schema';
import { CsvLink } from './csv-link';

const SHADE = ['', 'bg-accent/8', 'bg-accent/16', 'bg-accent/24', 'bg-accent/32'] as const;

/** New patients by month of their first visit, and the share of them who came in each month after it. */
export function CohortTable({ cohorts, range }: { cohorts: readonly Cohort[]; range: Range }) {
  const known = cohorts.slice(cohorts.findIndex(({ patients }) => patients > 0));
  const isEmpty = cohorts.every(({ patients }) => patients === 0);
  return (
    <Section
      title="New patients who came again"
      description="By the month of the first visit: the share who came in each month after it, each patient once a month. The twelve months up to the end of these days."
      actions={<CsvLink range={range} what="retention" />}
      flush
    >
      {isEmpty ? (
        <p className="px-5 py-4 text-sm text-text-muted">
          Nobody came for the first time in these twelve months. After first check-ins, this shows who comes
          again.
        </p>
      ) : (
        <ScrollRegion aria-label="New patients who came again, by month">
          <table className="w-full text-left text-sm">
            <caption className="sr-only">
              New patients by month of the first visit, and the share who came again in each month after it
            </caption>
            <thead>
              <tr className="text-[0.8125rem] text-text-muted">
                <th scope="col" className="whitespace-nowrap px-5 py-2 font-medium">
                  First visit
                </th>
                <th scope="col" className="px-3 py-2 text-right font-medium">
                  New
                </th>
                {MONTHS_AFTER.map((after) => (
                  <th key={after} scope="col" className="whitespace-nowrap px-2 py-2 text-right font-medium">
                    +{after}
                    <span className="sr-only"> {after === 1 ? 'month' : 'months'}</span>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody className="tabular-nums">
              {known.map(({ month, patients, again }) => (
                <tr key={month} className="border-border border-t">
                  <th scope="row" className="whitespace-nowrap px-5 py-2 font-normal text-text">
                    {monthName(month)}
                  </th>
                  <td className="px-3 py-2 text-right text-text">{plainCount(patients)}</td>
                  {again.map((count, index) => (
                    <td
                      key={MONTHS_AFTER[index]}
                      title={count === null ? undefined : `${plainCount(count)} of ${plainCount(patients)}`}
                      className={clsx(
                        'whitespace-nowrap px-2 py-2 text-right',
                        count === null || count === 0
                          ? 'text-text-subtle'
                          : `text-text ${SHADE[shadeOf(count, patients)]}`,
                      )}
                    >
                      {count === null ? '' : patients > 0 ? inPercent(count / patients) : '–'}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </Section>
  );
}
