import { Badge } from '@/components/ui/badge';
import { DescriptionList } from '@/components/ui/description-list';
import { ReportTable } from '@/components/ui/report-table';
import type { Notation } from '../acuity';
import { complaintText } from '../complaints';
import { DRAWING_TEMPLATE_IDS, type Drawings, drawingText } from '../drawings';
import { EYES, type Eye } from '../eyes';
import { ORDER_KINDS } from '../orders';
import { type Assessment, hasAssessment, hasMeasurements, type Measurements } from '../policy';
import { isHighPressure } from '../pressure';
import {
  diagnosisLine,
  type EyeRow,
  foundRows,
  measuredRows,
  measuredTogether,
  orderText,
  reviewText,
  targetsText,
} from '../shown';
import { DrawingPicture } from './drawing-picture';
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
  const together = measuredTogether(measurements, notation);
  const { complaints = [] } = measurements;
  if (!hasMeasurements(measurements) && together.length === 0 && complaints.length === 0)
    return <p className="text-text-muted">Nothing was measured.</p>;
  const rows = measuredRows(measurements, notation).map((row, index) => ({
    ...row,
    key: `${index} ${row.label}`,
  }));
  const shown = ({ cell, mmHg }: EyeRow, eye: Eye) => {
    const pressure = mmHg?.(eye);
    return pressure === undefined ? cell(eye) || '–' : <Pressure pressure={pressure} target={targets[eye]} />;
  };
  return (
    <div className="grid gap-3">
      {complaints.length > 0 ? (
        <ul aria-label="Complaints" className="text-sm text-text">
          {complaints.map((one) => (
            <li key={complaintText(one)}>{complaintText(one)}</li>
          ))}
        </ul>
      ) : null}
      {rows.length > 0 ? (
        <div className="-mx-5">
          <ReportTable
            caption="Measurements by eye"
            rows={rows}
            rowKey={({ key }) => key}
            columns={[
              {
                label: 'Measured',
                cell: ({ label, from }) =>
                  from ? (
                    <>
                      {label}
                      <span className="block text-[0.8125rem] text-text-subtle">from {from}</span>
                    </>
                  ) : (
                    label
                  ),
              },
              { label: 'Right', cell: (row) => shown(row, 'right') },
              { label: 'Left', cell: (row) => shown(row, 'left') },
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

/** What was found and decided, to read. */
export function AssessmentView({ assessment }: { assessment: Assessment }) {
  if (!hasAssessment(assessment)) return <p className="text-text-muted">Nothing was written.</p>;
  const { complaint, rows = {}, findings, drawings = {}, diagnoses, orders = [], plan } = assessment;
  const words = (text: string | undefined) =>
    text ? <span className="whitespace-pre-line">{text}</span> : null;
  const found = foundRows(rows);
  const target = targetsText(assessment);
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
      <DrawingsView drawings={drawings} />
      <DescriptionList
        items={[
          {
            label: diagnoses.length === 1 ? 'Diagnosis' : 'Diagnoses',
            value:
              diagnoses.length > 0 ? (
                <ol className="grid gap-0.5">
                  {diagnoses.map((one) => (
                    <li key={`${one.code}${one.text ?? ''}`}>
                      {diagnosisLine(one)} <span className="text-text-subtle tabular-nums">{one.code}</span>
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
          ...(target ? [{ label: 'Target pressure', value: target }] : []),
          ...(['investigation', 'procedure'] as const).flatMap((kind) => {
            const asked = orders.filter((one) => one.kind === kind);
            if (asked.length === 0) return [];
            const list = asked.map(orderText).join('; ');
            return [{ label: `${ORDER_KINDS[kind]}s`, value: list }];
          }),
          { label: 'Plan and advice', value: words(plan) },
          { label: 'See again', value: reviewText(assessment) ?? 'As needed' },
        ]}
      />
    </div>
  );
}

/** Small, with the words under each. */
function DrawingsView({ drawings }: { drawings: Drawings }) {
  const all = DRAWING_TEMPLATE_IDS.flatMap((template) =>
    EYES.flatMap((eye) => {
      const marks = drawings[template]?.[eye];
      return marks ? [{ template, eye, marks }] : [];
    }),
  );
  if (all.length === 0) return null;
  return (
    <ul aria-label="Drawings" className="flex flex-wrap gap-4">
      {all.map((one) => (
        <li key={`${one.template} ${one.eye}`} className="w-36">
          <DrawingPicture {...one} className="size-36" />
          <p aria-hidden="true" className="mt-1 text-[0.8125rem] text-text-muted">
            {drawingText(one.template, one.eye, one.marks)}
          </p>
        </li>
      ))}
    </ul>
  );
}
