import { BarChart } from '@/components/charts/bar-chart';
import { Card, Section } from '@/components/ui/card';
import { ReportTable } from '@/components/ui/report-table';
import { ACUITY_BANDS, type Notation } from '@/features/record/examinations/acuity';
import { formatDay } from '@/lib/time';
import { monthName, plainCount, shortDay } from '@/lib/words';
import { type Clinical, LEAST_EYES } from '../clinical';
import { inShare } from '../labels';
import type { Range } from '../schema';
import { changeOf } from '../summary';
import { CsvLink } from './csv-link';

const STEP_LABEL = { day: 'Day', week: 'Week', month: 'Month' } as const;
const MOST_ROWS = 15;
const TONES = [1, 2, 3, 4, 5] as const;
const share = (part: number, of: number): string => inShare(of > 0 ? part / of : null);

/** What patients come with, and what becomes of their sight. */
export function ClinicalCharts({
  clinical,
  range,
  notation,
}: {
  clinical: Clinical;
  range: Range;
  notation: Notation;
}) {
  const { step, periods, shown, diagnoses, outcomes, examined } = clinical;
  const [all, ...byDiagnosis] = outcomes;
  const hasOthers = diagnoses.length > shown.length;
  return (
    <>
      <Card className="p-4 sm:p-5">
        {diagnoses.length === 0 ? (
          <>
            <h2 className="font-semibold text-[0.9375rem] text-text">Diagnoses over time</h2>
            <p className="mt-1 text-sm text-text-muted">
              {examined === 0
                ? 'Nobody was examined in these days. Diagnoses are written at the visit.'
                : 'The examinations of these days have no diagnosis.'}
            </p>
          </>
        ) : (
          <BarChart
            title="Diagnoses over time"
            unit="Patients"
            categoryLabel={STEP_LABEL[step]}
            isNewestLast
            categories={periods.map(({ from }) =>
              step === 'month' ? monthName(from.slice(0, 7)) : shortDay(from),
            )}
            longCategories={periods.map(({ from, to }) =>
              from === to ? formatDay(from) : `${formatDay(from)} to ${formatDay(to)}`,
            )}
            format={plainCount}
            series={[
              ...shown.map(({ code, name }, index) => ({
                key: code,
                label: name,
                tone: TONES[index] ?? 5,
                values: periods.map(({ counts }) => counts[index] ?? 0),
              })),
              ...(hasOthers
                ? [
                    {
                      key: 'others',
                      label: 'All others',
                      tone: 5 as const,
                      values: periods.map(({ others }) => others),
                    },
                  ]
                : []),
            ]}
          />
        )}
      </Card>
      <Section
        title="Diagnoses"
        description={`${plainCount(examined)} patients examined; somebody with two diagnoses counts under both.`}
        actions={<CsvLink range={range} what="diagnoses" />}
        flush
      >
        <ReportTable
          caption="Patients by diagnosis"
          rows={diagnoses.slice(0, MOST_ROWS)}
          rowKey={({ code }) => code}
          columns={[
            {
              label: 'Diagnosis',
              cell: ({ name, code }) => (
                <>
                  {name} <span className="text-text-subtle">{code}</span>
                </>
              ),
            },
            { label: 'Patients', cell: ({ patients }) => plainCount(patients) },
            { label: 'Of those examined', cell: ({ patients }) => share(patients, examined) },
            { label: 'Before', cell: ({ before }) => plainCount(before) },
            { label: 'Change', cell: ({ patients, before }) => changeOf(patients, before).text },
          ]}
          empty="No diagnosis was written in these days."
        />
        {diagnoses.length > MOST_ROWS ? (
          <p className="border-border border-t px-5 py-3 text-[0.8125rem] text-text-subtle">
            The {MOST_ROWS} most frequent of {diagnoses.length}; the CSV has all of them.
          </p>
        ) : null}
      </Section>
      <Card className="p-4 sm:p-5">
        {all ? (
          <>
            <BarChart
              title="Sight, before and now"
              unit="Eyes"
              categoryLabel="Examination"
              categories={['The one before', 'In these days']}
              format={plainCount}
              series={ACUITY_BANDS.map((band, index) => ({
                key: String(band.from),
                label: band[notation],
                tone: TONES[index] ?? 5,
                values: [all.before[index] ?? 0, all.now[index] ?? 0],
              }))}
            />
            <p className="mt-3 text-[0.8125rem] text-text-subtle">
              The best acuity of {plainCount(all.eyes)} eyes, beside the last that an earlier examination of
              the same eye has read. {plainCount(all.gained)} gained two lines or more, {plainCount(all.lost)}{' '}
              lost as much.
            </p>
          </>
        ) : (
          <>
            <h2 className="font-semibold text-[0.9375rem] text-text">Sight, before and now</h2>
            <p className="mt-1 text-sm text-text-muted">
              Once a patient’s acuity is measured for the second time, this shows who sees better and who
              worse.
            </p>
          </>
        )}
      </Card>
      {all ? (
        <Section
          title="Acuity by diagnosis"
          description={`Eyes measured in these days and before. Diagnoses of fewer than ${LEAST_EYES} such eyes are left out.`}
          actions={<CsvLink range={range} what="acuity" />}
          flush
        >
          <ReportTable
            caption="Change of acuity by diagnosis"
            rows={[all, ...byDiagnosis.slice(0, MOST_ROWS)]}
            rowKey={({ code }) => code}
            columns={[
              { label: 'Diagnosis', cell: ({ name }) => name },
              { label: 'Eyes', cell: ({ eyes }) => plainCount(eyes) },
              {
                label: 'Gained two lines',
                cell: ({ gained, eyes }) => `${plainCount(gained)}, ${share(gained, eyes)}`,
              },
              {
                label: 'Lost two lines',
                cell: ({ lost, eyes }) => `${plainCount(lost)}, ${share(lost, eyes)}`,
              },
              {
                label: `${ACUITY_BANDS[0][notation]} before`,
                cell: ({ goodBefore, eyes }) => share(goodBefore, eyes),
              },
              { label: 'Now', cell: ({ goodNow, eyes }) => share(goodNow, eyes) },
            ]}
            empty=""
          />
        </Section>
      ) : null}
    </>
  );
}
