import Link from 'next/link';
import { LineChart } from '@/components/charts/line-chart';
import { Section } from '@/components/ui/card';
import { ReportTable } from '@/components/ui/report-table';
import { paths } from '@/lib/paths';
import { formatDay } from '@/lib/time';
import { monthName, shortDay } from '@/lib/words';
import { acuityAtPlace, acuityText, chartPlaceOf, notationOf } from '../acuity';
import { diagnosisName } from '../diagnoses';
import type { Examination } from '../dto';
import { bestAcuity, EYE_LABEL, EYES, type Eye, hasMeasurements } from '../policy';
import { Pressure } from './views';

const mainOf = ({ assessment }: Examination): string =>
  assessment.diagnoses[0] ? diagnosisName(assessment.diagnoses[0].code) : '–';

/** A patient's examinations at a glance: acuity over time, and one line for each. */
export function ExaminationHistory({
  examinations,
  country,
  title = 'Examinations',
}: {
  examinations: readonly Examination[];
  country: string;
  title?: string;
}) {
  const notation = notationOf(country);
  const inOrder = [...examinations].reverse().filter(({ measurements }) => hasMeasurements(measurements));
  const series = EYES.map((eye, index) => ({
    key: eye,
    label: `${EYE_LABEL[eye]} eye`,
    tone: index === 0 ? (1 as const) : (3 as const),
    values: inOrder.map(({ measurements }) => {
      const best = bestAcuity(measurements[eye]);
      return best === null ? null : chartPlaceOf(best);
    }),
  }));
  const isTrend = series.some(({ values }) => values.filter((value) => value !== null).length > 1);
  const isOneYear = new Set(inOrder.map(({ day }) => day.slice(0, 4))).size < 2;
  const acuity = (one: Examination, eye: Eye) => {
    const best = bestAcuity(one.measurements[eye]);
    return best === null ? '–' : acuityText(best, notation);
  };
  const pressure = (one: Examination, eye: Eye) => (
    <Pressure pressure={one.measurements[eye].pressure} unit="" />
  );
  return (
    <Section title={title} flush>
      {isTrend ? (
        <div className="border-border border-b p-4 sm:p-5">
          <LineChart
            title="Best acuity"
            unit="Letters"
            categoryLabel="Day"
            categories={inOrder.map(({ day }) => (isOneYear ? shortDay(day) : monthName(day.slice(0, 7))))}
            longCategories={inOrder.map(({ day }) => formatDay(day))}
            format={(place) => acuityAtPlace(place, notation)}
            formatTick={(place) => (place < 0 ? '' : String(place))}
            series={series}
          />
        </div>
      ) : null}
      <ReportTable
        caption="Examinations of this patient"
        rows={examinations}
        rowKey={({ visitId }) => visitId}
        columns={[
          {
            label: 'Day',
            cell: ({ visitId, day }) => (
              <Link
                href={paths.visit(visitId)}
                className="whitespace-nowrap underline decoration-border-strong underline-offset-4"
              >
                {formatDay(day)}
              </Link>
            ),
          },
          { label: 'Right', cell: (one) => acuity(one, 'right') },
          { label: 'Left', cell: (one) => acuity(one, 'left') },
          {
            label: 'mmHg',
            cell: (one) => (
              <span className="whitespace-nowrap">
                {pressure(one, 'right')} / {pressure(one, 'left')}
              </span>
            ),
          },
          { label: 'Diagnosis', cell: mainOf },
        ]}
        empty="No examination yet. The first one is written at a visit."
      />
    </Section>
  );
}
