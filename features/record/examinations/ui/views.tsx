import { Badge } from '@/components/ui/badge';
import { DescriptionList } from '@/components/ui/description-list';
import { ReportTable } from '@/components/ui/report-table';
import { ACUITY_METHODS, acuityText, METHOD_LABEL, type Notation } from '../acuity';
import { diagnosisName } from '../diagnoses';
import {
  type Assessment,
  type Eye,
  type EyeMeasures,
  hasAssessment,
  hasMeasurements,
  isHighPressure,
  type Measurements,
  REVIEWS,
  SIDE_LABEL,
  TONOMETERS,
} from '../policy';
import { refractionText } from '../refraction';

/** A pressure, marked where it is high. Without its unit where the heading of the column says it. */
export function Pressure({ pressure, unit = ' mmHg' }: { pressure: number | undefined; unit?: string }) {
  if (pressure === undefined) return '–';
  if (!isHighPressure(pressure)) return `${pressure}${unit}`;
  return (
    <span className="inline-flex items-center gap-1.5">
      {`${pressure}${unit}`} <Badge tone="warning">High</Badge>
    </span>
  );
}

/** What was measured, to read. */
export function MeasurementsView({
  measurements,
  notation,
}: {
  measurements: Measurements;
  notation: Notation;
}) {
  if (!hasMeasurements(measurements)) return <p className="text-text-muted">Nothing was measured.</p>;
  const { right, left, tonometer } = measurements;
  const text = (read: (one: EyeMeasures) => string | undefined) => (eye: Eye) =>
    read(measurements[eye]) ?? '–';
  const rows = [
    ...ACUITY_METHODS.filter((method) => right.acuity[method] ?? left.acuity[method]).map((method) => ({
      label: METHOD_LABEL[method],
      cell: text(({ acuity }) => {
        const value = acuity[method];
        return value === undefined ? undefined : acuityText(value, notation);
      }),
    })),
    ...(right.refraction || left.refraction
      ? [{ label: 'Refraction', cell: text((one) => one.refraction && refractionText(one.refraction)) }]
      : []),
    ...(right.pressure !== undefined || left.pressure !== undefined
      ? [
          {
            label: tonometer ? `Pressure, ${TONOMETERS[tonometer]}` : 'Pressure',
            cell: (eye: Eye) => <Pressure pressure={measurements[eye].pressure} />,
          },
        ]
      : []),
  ];
  return (
    <div className="-mx-5">
      <ReportTable
        caption="Measurements by eye"
        rows={rows}
        rowKey={({ label }) => label}
        columns={[
          { label: 'Measured', cell: ({ label }) => label },
          { label: 'Right', cell: ({ cell }) => cell('right') },
          { label: 'Left', cell: ({ cell }) => cell('left') },
        ]}
        empty=""
      />
    </div>
  );
}

/** What was found and decided, to read. */
export function AssessmentView({ assessment }: { assessment: Assessment }) {
  if (!hasAssessment(assessment)) return <p className="text-text-muted">Nothing was written.</p>;
  const { complaint, findings, diagnoses, plan, reviewWeeks } = assessment;
  const words = (text: string | undefined) =>
    text ? <span className="whitespace-pre-line">{text}</span> : null;
  const review = Object.entries(REVIEWS).find(([weeks]) => Number(weeks) === reviewWeeks)?.[1];
  return (
    <DescriptionList
      items={[
        {
          label: diagnoses.length === 1 ? 'Diagnosis' : 'Diagnoses',
          value:
            diagnoses.length > 0 ? (
              <ol className="grid gap-0.5">
                {diagnoses.map(({ code, side }) => (
                  <li key={code}>
                    {diagnosisName(code)}
                    {side === 'none' ? '' : `, ${SIDE_LABEL[side].toLowerCase()}`}{' '}
                    <span className="text-text-subtle tabular-nums">{code}</span>
                  </li>
                ))}
              </ol>
            ) : null,
        },
        { label: 'Complaint and history', value: words(complaint) },
        { label: 'Findings, right eye', value: words(findings.right) },
        { label: 'Findings, left eye', value: words(findings.left) },
        { label: 'Plan and advice', value: words(plan) },
        { label: 'See again', value: review ?? 'As needed' },
      ]}
    />
  );
}
