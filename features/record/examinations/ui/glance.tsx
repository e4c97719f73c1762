import { ActionButton } from '@/components/forms/action-button';
import { Badge } from '@/components/ui/badge';
import { Section } from '@/components/ui/card';
import { ReportTable } from '@/components/ui/report-table';
import { formatDay } from '@/lib/time';
import { resolveProblemAction } from '../actions';
import type { Notation } from '../acuity';
import { acuityShown } from '../acuity-reading';
import type { EyeRecord, Problem } from '../eye-record';
import { EYES, type Eye } from '../eyes';
import { SIDE_LABEL } from '../policy';
import { refractionText } from '../refraction';
import { Pressure } from './views';

type Props = {
  patientId: string;
  record: EyeRecord;
  /** What changed since the last time, in sentences. */
  changes: readonly string[];
  notation: Notation;
  today: string;
  canResolve: boolean;
};

/** What a doctor wants to know in five seconds: problems, last figures, what is due. */
export function Glance({ patientId, record, changes, notation, today, canResolve }: Props) {
  const { problems, acuity, lens, pressure, targets, thickness, review, orders } = record;
  const active = problems.filter(({ resolved }) => !resolved);
  const over = problems.filter(({ resolved }) => resolved);
  const on = (day: string, text: React.ReactNode) => (
    <>
      <span className="block text-text">{text}</span>
      <span className="block text-[0.8125rem] text-text-subtle">{formatDay(day)}</span>
    </>
  );
  const rows = [
    {
      label: 'Acuity',
      cell: (eye: Eye) => acuity[eye] && on(acuity[eye].day, acuityShown(acuity[eye], notation)),
    },
    {
      label: 'Refraction',
      cell: (eye: Eye) => lens[eye] && on(lens[eye].day, refractionText(lens[eye].lens)),
    },
    {
      label: 'Pressure',
      cell: (eye: Eye) => {
        const last = pressure[eye];
        return last && on(last.day, <Pressure pressure={last.mmHg} target={targets[eye]?.mmHg} />);
      },
    },
    {
      label: 'Target',
      cell: (eye: Eye) => targets[eye] && on(targets[eye].day, `${targets[eye].mmHg} mmHg`),
    },
    {
      label: 'Corneal thickness',
      cell: (eye: Eye) => thickness[eye] && on(thickness[eye].day, `${thickness[eye].micrometres} µm`),
    },
  ].filter(({ cell }) => EYES.some((eye) => cell(eye)));
  return (
    <Section title="At a glance" flush>
      <div className="grid gap-4 p-4 sm:p-5">
        {changes.length > 0 ? (
          <div>
            <p className="text-[0.8125rem] text-text-subtle">Since last time</p>
            <ul className="text-sm text-text">
              {changes.map((one) => (
                <li key={one}>{one}</li>
              ))}
            </ul>
          </div>
        ) : null}
        <div>
          <p className="mb-1 text-[0.8125rem] text-text-subtle">Problems</p>
          {active.length === 0 ? <p className="text-text-muted">None is known.</p> : null}
          <ul className="grid gap-1" aria-label="Problems">
            {active.map((one) => (
              <ProblemLine key={one.key} patientId={patientId} problem={one} canResolve={canResolve} />
            ))}
          </ul>
          {over.length > 0 ? (
            <details className="mt-1">
              <summary className="cursor-pointer text-[0.8125rem] text-text-muted">
                Over ({over.length})
              </summary>
              <ul className="mt-1 grid gap-1" aria-label="Problems that are over">
                {over.map((one) => (
                  <ProblemLine key={one.key} patientId={patientId} problem={one} canResolve={canResolve} />
                ))}
              </ul>
            </details>
          ) : null}
        </div>
        {review ? (
          <p className="text-sm text-text">
            <span className="text-text-subtle">To be seen again: </span>
            {formatDay(review.day)} {review.day < today ? <Badge tone="warning">Overdue</Badge> : null}
          </p>
        ) : null}
        {orders ? (
          <p className="text-sm text-text">
            <span className="text-text-subtle">Asked for on {formatDay(orders.day)}: </span>
            {orders.list
              .map(({ what, side }) =>
                side === 'none' ? what : `${what}, ${SIDE_LABEL[side].toLowerCase()}`,
              )
              .join('; ')}
          </p>
        ) : null}
      </div>
      {rows.length > 0 ? (
        <div className="border-border border-t">
          <ReportTable
            caption="Last figures by eye"
            rows={rows}
            rowKey={({ label }) => label}
            columns={[
              { label: 'Last', cell: ({ label }) => label },
              { label: 'Right', cell: ({ cell }) => cell('right') ?? '–' },
              { label: 'Left', cell: ({ cell }) => cell('left') ?? '–' },
            ]}
            empty=""
          />
        </div>
      ) : null}
    </Section>
  );
}

function ProblemLine({
  patientId,
  problem,
  canResolve,
}: {
  patientId: string;
  problem: Problem;
  canResolve: boolean;
}) {
  const { key, name, side, since, resolved } = problem;
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-3">
      <span className="min-w-0 text-sm text-text">
        {name}
        {side === 'none' ? '' : `, ${SIDE_LABEL[side].toLowerCase()}`}{' '}
        <span className="text-text-subtle">
          {resolved
            ? `over since ${formatDay(resolved.on)}, ${resolved.byName}`
            : `since ${formatDay(since)}`}
        </span>
      </span>
      {canResolve ? (
        <ActionButton
          variant="link"
          size="sm"
          aria-label={`${name} is ${resolved ? 'not over' : 'over'}`}
          action={resolveProblemAction}
          fields={{ patientId, key, isResolved: resolved ? 'no' : 'yes' }}
        >
          {resolved ? 'Not over' : 'Is over'}
        </ActionButton>
      ) : null}
    </li>
  );
}
