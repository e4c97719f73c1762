import { Badge, type BadgeTone } from '@/components/ui/badge';
import { formatDay } from '@/lib/time';
import { dosageText, stepDays } from '../dosage';
import {
  DISPENSE_LABEL,
  type Dispensed,
  type DispenseStatus,
  lineTitle,
  type MedicineNow,
  owedOf,
  type PrescriptionLine,
  type PrescriptionStatus,
  quantityText,
  STATUS_LABEL,
} from '../policy';

const STATUS_TONE: Record<PrescriptionStatus, BadgeTone> = {
  draft: 'warning',
  active: 'success',
  cancelled: 'danger',
};
const DISPENSE_TONE: Record<DispenseStatus, BadgeTone> = {
  none: 'neutral',
  waiting: 'warning',
  partial: 'info',
  done: 'success',
};

export function PrescriptionBadges({
  status,
  dispenseStatus,
}: {
  status: PrescriptionStatus;
  dispenseStatus: DispenseStatus;
}) {
  return (
    <span className="inline-flex flex-wrap gap-1.5">
      <Badge tone={STATUS_TONE[status]}>{STATUS_LABEL[status]}</Badge>
      {status === 'active' ? (
        <Badge tone={DISPENSE_TONE[dispenseStatus]}>{DISPENSE_LABEL[dispenseStatus]}</Badge>
      ) : null}
    </span>
  );
}

/** What was prescribed, and what the pharmacy has done with each line. */
export function PrescriptionLines({
  lines,
  day,
  dispensed,
}: {
  lines: readonly PrescriptionLine[];
  day: string;
  dispensed?: Dispensed;
}) {
  return (
    <ol className="grid">
      {lines.map((line) => {
        const done = dispensed?.[line.id];
        const owed = dispensed ? owedOf(line, dispensed) : 0;
        return (
          <li
            key={line.id}
            className="grid gap-0.5 border-border border-b px-4 py-3 text-sm last:border-b-0 sm:px-5"
          >
            <p className="flex flex-wrap items-center gap-2 font-semibold text-text">
              {lineTitle(line)}
              {line.isSubstitutionAllowed ? null : <Badge>As written only</Badge>}
              {done?.notDispensed ? <Badge tone="danger">Not dispensed</Badge> : null}
              {done && !done.notDispensed && done.given > 0 ? (
                <Badge tone={owed > 0 ? 'info' : 'success'}>
                  {owed > 0 ? `${done.given} given, ${owed} owed` : 'Dispensed'}
                </Badge>
              ) : null}
            </p>
            <p className="text-text">{dosageText(line)}</p>
            <p className="text-[0.8125rem] text-text-muted">
              {[quantityText(line), line.note, stepsText(line, day)].filter(Boolean).join('. ')}
            </p>
            {done?.instead?.map(({ name, agreedWith }) => (
              <p key={name} className="text-[0.8125rem] text-warning">
                Given instead: {name}
                {agreedWith ? `, agreed with ${agreedWith}` : ''}
              </p>
            ))}
            {done?.notDispensed ? (
              <p className="text-[0.8125rem] text-danger">
                {done.notDispensed.byName}: {done.notDispensed.reason}
              </p>
            ) : null}
          </li>
        );
      })}
    </ol>
  );
}

const stepsText = (line: PrescriptionLine, day: string): string => {
  const last = stepDays(day, line.steps).at(-1);
  return last?.until ? `Until ${formatDay(last.until)}` : 'Ongoing';
};

/** What the patient takes today, with the day it ends. */
export function MedicinesNow({ now }: { now: readonly MedicineNow[] }) {
  if (now.length === 0)
    return <p className="text-sm text-text-muted">Nothing that was prescribed here is being taken.</p>;
  return (
    <ul className="grid gap-2">
      {now.map(({ prescriptionId, line, until, byName }) => (
        <li key={`${prescriptionId}-${line.id}`} className="text-sm">
          <p className="font-medium text-text">{lineTitle(line)}</p>
          <p className="text-text-muted">
            {dosageText(line)}. {until ? `Until ${formatDay(until)}` : 'Ongoing'}, {byName}.
          </p>
        </li>
      ))}
    </ul>
  );
}
