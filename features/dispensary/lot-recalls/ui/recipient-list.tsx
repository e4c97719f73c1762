import { ActionButton } from '@/components/forms/action-button';
import { Badge } from '@/components/ui/badge';
import Link from '@/components/ui/link';
import { countOf } from '@/features/pharmacy/medicines/policy';
import { paths } from '@/lib/paths';
import { formatDay, formatInstant } from '@/lib/time';
import { noteContactAction } from '../actions';
import { CONTACTS } from '../policy';
import type { LotTrace } from '../queries';

/** Who got the lot, with the way to call them and what became of it. */
export function RecipientList({
  recallId,
  unit,
  recipients,
  timeZone,
  canWrite,
}: {
  recallId: string;
  unit: string;
  recipients: LotTrace['recipients'];
  timeZone: string;
  canWrite: boolean;
}) {
  return (
    <ul aria-label="Who got it" className="divide-y divide-border">
      {recipients.map(({ patientId, name, number, phone, kept, lastDay, contact, isPatient }) => (
        <li key={patientId} className="flex flex-wrap items-center justify-between gap-3 px-4 py-3 sm:px-5">
          <div className="min-w-60 flex-1">
            <p className="flex flex-wrap items-center gap-2">
              {isPatient ? (
                <Link href={paths.patient(patientId)} className="font-medium text-text hover:underline">
                  {name}
                </Link>
              ) : (
                <span className="font-medium text-text">{name}</span>
              )}
              <span className="text-[0.8125rem] text-text-subtle">{number}</span>
              {contact ? (
                <Badge tone={contact.outcome === 'told' ? 'success' : 'warning'}>
                  {CONTACTS[contact.outcome]}
                </Badge>
              ) : null}
            </p>
            <p className="text-[0.8125rem] text-text-muted">
              {kept > 0 ? `${countOf(kept, unit)} with them` : 'All of it came back'}, the last on{' '}
              {formatDay(lastDay)}
              {contact
                ? `. ${contact.byName}, ${formatInstant(new Date(contact.at), timeZone)}${contact.attempts > 1 ? `, ${contact.attempts} tries` : ''}`
                : ''}
            </p>
          </div>
          <div className="flex flex-wrap items-center gap-2">
            {phone ? (
              <a href={`tel:${phone}`} className="text-sm text-accent tabular-nums hover:underline">
                {phone}
              </a>
            ) : (
              <span className="text-[0.8125rem] text-text-subtle">No phone</span>
            )}
            {canWrite ? (
              <>
                <ActionButton
                  size="sm"
                  variant="primary"
                  action={noteContactAction}
                  fields={{ recallId, patientId, outcome: 'told' }}
                  aria-label={`${name} was told`}
                >
                  Told
                </ActionButton>
                <ActionButton
                  size="sm"
                  action={noteContactAction}
                  fields={{ recallId, patientId, outcome: 'written' }}
                  aria-label={`${name} was sent a letter`}
                >
                  Letter sent
                </ActionButton>
                <ActionButton
                  size="sm"
                  action={noteContactAction}
                  fields={{ recallId, patientId, outcome: 'not-reached' }}
                  aria-label={`${name} was not reached`}
                >
                  Not reached
                </ActionButton>
              </>
            ) : null}
          </div>
        </li>
      ))}
    </ul>
  );
}
