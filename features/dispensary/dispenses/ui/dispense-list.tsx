import { buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import Link from '@/components/ui/link';
import { countOf } from '@/features/pharmacy/medicines/policy';
import { lineTitle, type PrescriptionLine } from '@/features/record/prescriptions/policy';
import type { PaperLanguage } from '@/lib/paper-language';
import { paths } from '@/lib/paths';
import { formatDay, formatInstant } from '@/lib/time';
import type { Dispense } from '../dto';
import { COUNSELLING, type Counselling, type DispensedLine, hasLabels } from '../policy';
import { CounsellingDialog } from './counselling-dialog';
import { LabelLinks } from './label-links';

/** What was given of a prescription, with the lots, its labels and the advice. */
export function DispenseList({
  dispenses,
  prescribed,
  timeZone,
  language,
  canWrite,
}: {
  dispenses: readonly Dispense[];
  /** What was prescribed, to say in place of what something else was given. */
  prescribed: readonly Pick<PrescriptionLine, 'id' | 'name' | 'strength'>[];
  timeZone: string;
  /** Of the patient, for the labels. */
  language: PaperLanguage;
  canWrite: boolean;
}) {
  if (dispenses.length === 0) return null;
  const titleOf = new Map(prescribed.map((line) => [line.id, lineTitle(line)]));
  const inPlaceOf = ({ lineId, name, quantity }: DispensedLine): string => {
    const title = titleOf.get(lineId) ?? name;
    return quantity > 0 && title !== name ? `, in place of ${title}` : '';
  };
  return (
    <Section title="Given so far" flush>
      <ul className="divide-y divide-border text-sm">
        {dispenses.map((dispense) => (
          <li key={dispense.id} className="grid gap-3 px-4 py-4 sm:px-5">
            <div>
              <p className="font-medium text-text">
                {formatInstant(new Date(dispense.at), timeZone)} by {dispense.byName}
              </p>
              {dispense.lines.map((line) => (
                <p key={line.lineId} className="text-text-muted">
                  {line.notDispensedReason
                    ? `${line.name}: not dispensed, ${line.notDispensedReason}`
                    : `${line.name}: ${countOf(line.quantity, line.unit)}`}
                  {line.lots.map((lot) => `, lot ${lot.lotNumber} (${formatDay(lot.expiresOn)})`).join('')}
                  {inPlaceOf(line)}
                  {line.agreedWith ? `, agreed with ${line.agreedWith}` : ''}
                  {line.overrides
                    ?.map(({ sentence, reason }) => `. ${sentence} Given all the same: ${reason}`)
                    .join('')}
                </p>
              ))}
              {dispense.counselling ? <Advice {...dispense.counselling} /> : null}
            </div>
            {hasLabels(dispense.lines) ? (
              <div className="no-print flex flex-wrap items-end justify-between gap-3">
                <LabelLinks dispenseId={dispense.id} language={language} />
                {canWrite ? (
                  <div className="flex flex-wrap gap-2">
                    <CounsellingDialog key={dispense.version} dispense={dispense} />
                    <Link href={paths.takeBack(dispense.id)} className={buttonClass()}>
                      Take back
                    </Link>
                  </div>
                ) : null}
              </div>
            ) : null}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Advice({ points, note, isTaughtBack, byName }: Counselling) {
  const said = [...points.map((point) => COUNSELLING[point]), ...(note ? [note] : [])];
  return (
    <p className="mt-1 text-text">
      {said.length > 0 ? `Told by ${byName}: ${said.join('; ')}. ` : `Advised by ${byName}. `}
      {isTaughtBack ? 'The patient said it back.' : 'Not said back.'}
    </p>
  );
}
