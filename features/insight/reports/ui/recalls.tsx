import { BarChart } from '@/components/charts/bar-chart';
import { buttonClass } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import Link from '@/components/ui/link';
import type { RecallCount } from '@/features/frontdesk/recalls/queries';
import { paths } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';
import { dueName, plainCount } from '@/lib/words';
import type { Range } from '../schema';
import { CsvLink } from './csv-link';

/** How many patients are due again by month, and the way to the list of them. */
export function Recalls({ recalls, range }: { recalls: readonly RecallCount[]; range: Range }) {
  return (
    <Card className="p-4 sm:p-5">
      <BarChart
        title="Patients due again"
        unit="Patients"
        categoryLabel="Due"
        categories={recalls.map(({ due }) => dueName(due))}
        format={plainCount}
        series={[
          { key: 'patients', label: 'Patients', tone: 4, values: recalls.map(({ patients }) => patients) },
        ]}
      />
      <div className="mt-3 flex flex-wrap items-center justify-between gap-3">
        <p className="text-[0.8125rem] text-text-subtle">
          Twelve months after the last visit, with nothing booked, as it is now
          {recalls.some(({ isMore }) => isMore) ? '; of a month, 1,000 are counted' : ''}.
        </p>
        <div className="no-print flex flex-wrap gap-2">
          <CsvLink range={range} what="recalls" />
          <Link
            href={withQuery(paths.recalls, { branch: range.branch })}
            className={buttonClass({ variant: 'secondary', size: 'sm' })}
          >
            Who is due
          </Link>
        </div>
      </div>
    </Card>
  );
}
