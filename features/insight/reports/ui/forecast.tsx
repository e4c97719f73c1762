import { BarChart } from '@/components/charts/bar-chart';
import { Card } from '@/components/ui/card';
import { formatDay } from '@/lib/time';
import { plainCount, shortDay } from '@/lib/words';
import type { Analytics } from '../queries';
import type { Range } from '../schema';
import { CsvLink } from './csv-link';

/** What next week will ask for, with how far such a forecast was off. */
export function Forecast({ forecast, range }: Pick<Analytics, 'forecast'> & { range: Range }) {
  return (
    <Card className="p-4 sm:p-5">
      {forecast ? (
        <>
          <BarChart
            title="Visits expected next week"
            unit="Visits"
            categoryLabel="Day"
            categories={forecast.days.map(({ day }) => shortDay(day))}
            longCategories={forecast.days.map(({ day }) => formatDay(day))}
            format={plainCount}
            series={[
              {
                key: 'visits',
                label: 'Expected visits',
                tone: 2,
                values: forecast.days.map(({ visits }) => visits),
              },
            ]}
          />
          <p className="mt-3 text-[0.8125rem] text-text-subtle">
            The mean of the same weekdays over the last eight weeks. Over the last four weeks it was off by{' '}
            {forecast.offBy} visits a day on average.
          </p>
          <div className="no-print mt-2">
            <CsvLink range={range} what="forecast" />
          </div>
        </>
      ) : (
        <>
          <h2 className="font-semibold text-[0.9375rem] text-text">Visits expected next week</h2>
          <p className="mt-1 text-sm text-text-muted">
            After four weeks of visits, this shows what next week will ask for.
          </p>
        </>
      )}
    </Card>
  );
}
