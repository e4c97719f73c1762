import { Badge } from '@/components/ui/badge';
import { DescriptionList } from '@/components/ui/description-list';
import { ReportTable } from '@/components/ui/report-table';
import { ACUITY_METHODS, METHOD_LABEL, type Notation } from '../acuity';
import { acuityShown } from '../acuity-reading';
import { diagnosisText } from '../diagnoses';
import { TEST_BOXES, testShown } from '../eye-tests';
import { EYES, type Eye } from '../eyes';
import { FINDING_ROWS } from '../finding-rows';
import { NEAR_LABEL, NEAR_METHODS, nearShown } from '../near';
import { ORDER_KINDS, type Order, URGENCIES } from '../orders';
import {
  type Assessment,
  EYE_LABEL,
  hasAssessment,
  hasMeasurements,
  type Measurements,
  REVIEWS,
  SIDE_LABEL,
} from '../policy';
import { isHighPressure, type PressureReading, pressureShown, TONOMETERS } from '../pressure';
import { equivalentText, PRISM_BASES, refractionText } from '../refraction';
import { type EyeLens, slotLabel, slotsOf } from '../refraction-sets';
import type { Targets } from './pressure-group';

/** A pressure, marked where it is high. Without its unit where the heading of the column says it. */
export function Pressure({
  pressure,
  target,
  unit = ' mmHg',
}: {
  pressure: number | null | undefined;
  target?: number | undefined;
  unit?: string;
}) {
  if (pressure === undefined || pressure === null) return '–';
  if (!isHighPressure(pressure, target)) return `${pressure}${unit}`;
  return (
    <span className="inline-flex items-center gap-1.5">
      {`${pressure}${unit}`} <Badge tone="warning">High</Badge>
    </span>
  );
}

type Line = { label: string; cell: (eye: Eye) => React.ReactNode };

/** A lens with everything that was found with it. */
function lensShown(lens: EyeLens, notation: Notation): string {
  return [
    refractionText(lens),
    lens.cylinder === 0 ? null : `equivalent ${equivalentText(lens)}`,
    lens.prism && lens.base ? `${lens.prism / 4} Δ ${PRISM_BASES[lens.base].toLowerCase()}` : null,
    lens.acuity ? acuityShown(lens.acuity, notation) : null,
  ]
    .filter(Boolean)
    .join(', ');
}

const readingLabel = ({ method, time, drops }: PressureReading): string =>
  [
    ['Pressure', method ? TONOMETERS[method] : null].filter(Boolean).join(', '),
    time,
    drops ? `after ${drops}` : null,
  ]
    .filter(Boolean)
    .join(', ');

function linesOf(measurements: Measurements, notation: Notation, targets: Targets): Line[] {
  const { refractions, pressures, tests = {} } = measurements;
  const slots = slotsOf(refractions);
  const has = (read: (eye: Eye) => unknown) => EYES.some((eye) => read(eye) !== undefined);
  return [
    ...ACUITY_METHODS.filter((method) => has((eye) => measurements[eye].acuity[method])).map((method) => ({
      label: METHOD_LABEL[method],
      cell: (eye: Eye) => {
        const value = measurements[eye].acuity[method];
        return value ? acuityShown(value, notation) : '–';
      },
    })),
    ...NEAR_METHODS.filter((method) => has((eye) => measurements[eye].near?.[method])).map((method) => ({
      label: NEAR_LABEL[method],
      cell: (eye: Eye) => {
        const value = measurements[eye].near?.[method];
        return value ? nearShown(value) : '–';
      },
    })),
    ...refractions.map((set, index) => ({
      label: slotLabel(slots[index] ?? set.kind),
      cell: (eye: Eye) => (set[eye] ? lensShown(set[eye], notation) : '–'),
    })),
    ...pressures.map((reading) => ({
      label: readingLabel(reading),
      cell: (eye: Eye) => {
        const value = reading[eye];
        if (!value) return '–';
        return 'mmHg' in value ? (
          <Pressure pressure={value.mmHg} target={targets[eye]} />
        ) : (
          pressureShown(value)
        );
      },
    })),
    ...TEST_BOXES.filter(({ key, of }) => of === 'eye' && tests[key]).map((box) => ({
      label: box.label,
      cell: (eye: Eye) => {
        const value = tests[box.key]?.[eye];
        return value ? testShown(box, value) : '–';
      },
    })),
  ];
}

/** What was found with both eyes together, and of no eye. */
function togetherOf(
  { both, refractions, tests = {}, tonometer }: Measurements,
  notation: Notation,
): string[] {
  const slots = slotsOf(refractions);
  return [
    ...ACUITY_METHODS.flatMap((method) => {
      const value = both?.acuity[method];
      return value ? [`${METHOD_LABEL[method]} ${acuityShown(value, notation)}`] : [];
    }),
    ...NEAR_METHODS.flatMap((method) => {
      const value = both?.near?.[method];
      return value ? [`${NEAR_LABEL[method]} ${nearShown(value)}`] : [];
    }),
    ...refractions.flatMap(({ pdFar, pdNear, vertex, workingDistance }, index) => {
      const parts = [
        pdFar ? `pupil distance ${pdFar / 2} mm` : null,
        pdNear ? `near ${pdNear / 2} mm` : null,
        vertex ? `vertex ${vertex} mm` : null,
        workingDistance ? `working distance ${workingDistance} cm` : null,
      ].filter(Boolean);
      return parts.length > 0 ? [`${slotLabel(slots[index] ?? '')}: ${parts.join(', ')}`] : [];
    }),
    ...TEST_BOXES.flatMap((box) => {
      const value = box.of === 'both' ? tests[box.key]?.both : undefined;
      return value ? [`${box.label} ${testShown(box, value)}`] : [];
    }),
    ...(tonometer ? [`Tonometer chosen, nothing read: ${TONOMETERS[tonometer]}`] : []),
  ];
}

/** What was measured, to read. */
export function MeasurementsView({
  measurements,
  notation,
  targets = {},
}: {
  measurements: Measurements;
  notation: Notation;
  targets?: Targets;
}) {
  const together = togetherOf(measurements, notation);
  if (!hasMeasurements(measurements) && together.length === 0)
    return <p className="text-text-muted">Nothing was measured.</p>;
  const rows = linesOf(measurements, notation, targets).map((line, index) => ({
    ...line,
    key: `${index} ${line.label}`,
  }));
  return (
    <div className="grid gap-3">
      {rows.length > 0 ? (
        <div className="-mx-5">
          <ReportTable
            caption="Measurements by eye"
            rows={rows}
            rowKey={({ key }) => key}
            columns={[
              { label: 'Measured', cell: ({ label }) => label },
              { label: 'Right', cell: ({ cell }) => cell('right') },
              { label: 'Left', cell: ({ cell }) => cell('left') },
            ]}
            empty=""
          />
        </div>
      ) : null}
      {together.length > 0 ? (
        <p className="text-sm text-text tabular-nums">
          <span className="text-text-subtle">Both eyes: </span>
          {together.join('; ')}
        </p>
      ) : null}
    </div>
  );
}

const orderText = ({ what, side, urgency, reason }: Order): string =>
  [
    what,
    side === 'none' ? null : SIDE_LABEL[side].toLowerCase(),
    urgency === 'routine' ? null : URGENCIES[urgency].toLowerCase(),
    reason,
  ]
    .filter(Boolean)
    .join(', ');

/** What was found and decided, to read. */
export function AssessmentView({ assessment }: { assessment: Assessment }) {
  if (!hasAssessment(assessment)) return <p className="text-text-muted">Nothing was written.</p>;
  const {
    complaint,
    rows = {},
    findings,
    diagnoses,
    targets = {},
    orders = [],
    plan,
    reviewWeeks,
  } = assessment;
  const words = (text: string | undefined) =>
    text ? <span className="whitespace-pre-line">{text}</span> : null;
  const review = Object.entries(REVIEWS).find(([weeks]) => Number(weeks) === reviewWeeks)?.[1];
  const found = FINDING_ROWS.filter(({ key }) => rows[key]);
  const target = EYES.flatMap((eye) =>
    targets[eye] ? [`${EYE_LABEL[eye].toLowerCase()} ${targets[eye]} mmHg`] : [],
  );
  return (
    <div className="grid gap-4">
      {found.length > 0 ? (
        <div className="-mx-5">
          <ReportTable
            caption="Findings by eye"
            rows={found}
            rowKey={({ key }) => key}
            columns={[
              { label: 'Found', cell: ({ label }) => label },
              { label: 'Right', cell: ({ key }) => rows[key]?.right ?? '–' },
              { label: 'Left', cell: ({ key }) => rows[key]?.left ?? '–' },
            ]}
            empty=""
          />
        </div>
      ) : null}
      <DescriptionList
        items={[
          {
            label: diagnoses.length === 1 ? 'Diagnosis' : 'Diagnoses',
            value:
              diagnoses.length > 0 ? (
                <ol className="grid gap-0.5">
                  {diagnoses.map((one) => (
                    <li key={`${one.code}${one.text ?? ''}`}>
                      {diagnosisText(one)}
                      {one.side === 'none' ? '' : `, ${SIDE_LABEL[one.side].toLowerCase()}`}{' '}
                      <span className="text-text-subtle tabular-nums">{one.code}</span>
                    </li>
                  ))}
                </ol>
              ) : null,
          },
          { label: 'Complaint and history', value: words(complaint) },
          ...EYES.flatMap((eye) =>
            findings[eye] || found.length === 0
              ? [{ label: `Findings, ${eye} eye`, value: words(findings[eye]) }]
              : [],
          ),
          ...(target.length > 0 ? [{ label: 'Target pressure', value: target.join(', ') }] : []),
          ...(['investigation', 'procedure'] as const).flatMap((kind) => {
            const asked = orders.filter((one) => one.kind === kind);
            if (asked.length === 0) return [];
            const list = asked.map(orderText).join('; ');
            return [{ label: `${ORDER_KINDS[kind]}s`, value: list }];
          }),
          { label: 'Plan and advice', value: words(plan) },
          { label: 'See again', value: review ?? 'As needed' },
        ]}
      />
    </div>
  );
}
