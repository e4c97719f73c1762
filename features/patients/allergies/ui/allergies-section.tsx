'use client';
import { useState } from 'react';
import { ActionButton } from '@/components/forms/action-button';
import { ConfirmAction } from '@/components/forms/confirm-action';
import { FormField } from '@/components/forms/form-field';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { partOf } from '@/components/ui/part';
import { confirmAllergiesAction, endAllergyAction } from '../actions';
import type { Allergies, Allergy } from '../dto';
import { SEVERITIES } from '../policy';

const allergyForm = partOf(() => import('./allergy-form'));
const TONE = { mild: 'neutral', moderate: 'warning', severe: 'danger' } as const;

/** The list of allergies: who noted what, and the acts that add, end and confirm. */
export function AllergiesSection({
  patientId,
  allergies,
  asked,
  canWrite,
}: {
  patientId: string;
  allergies: Allergies;
  asked: string | null;
  canWrite: boolean;
}) {
  const [isAdding, setAdding] = useState(false);
  const { status } = allergies;
  const form = allergyForm.usePart(isAdding, () => setAdding(false));
  return (
    <Section
      title="Allergies"
      description={asked ? `Asked ${asked}` : 'Nobody has asked yet.'}
      actions={
        canWrite ? (
          <>
            <ActionButton size="sm" action={confirmAllergiesAction} fields={{ patientId }}>
              {status === 'known' ? 'Asked again, as before' : 'No known allergies'}
            </ActionButton>
            {isAdding ? null : (
              <Button size="sm" onPointerEnter={allergyForm.warm} onClick={() => setAdding(true)}>
                Add an allergy
              </Button>
            )}
          </>
        ) : null
      }
    >
      <div className="grid gap-4">
        {allergies.allergies.length > 0 ? (
          <ul className="grid gap-2">
            {allergies.allergies.map((one) => (
              <AllergyItem key={one.id} allergy={one} canWrite={canWrite} />
            ))}
          </ul>
        ) : (
          <p className="text-text-muted">{status === 'unasked' ? 'Not asked.' : 'None known.'}</p>
        )}
        {isAdding && form ? <form.AllergyForm patientId={patientId} onDone={() => setAdding(false)} /> : null}
        {allergies.ended.length > 0 ? (
          <details>
            <summary className="cursor-pointer text-[0.8125rem] text-text-muted">
              No longer in the list ({allergies.ended.length})
            </summary>
            <ul className="mt-2 grid gap-1 text-[0.8125rem] text-text-muted">
              {allergies.ended.map(({ id, substance, ended }) => (
                <li key={id}>
                  {substance}: {ended?.reason} ({ended?.name})
                </li>
              ))}
            </ul>
          </details>
        ) : null}
      </div>
    </Section>
  );
}

function AllergyItem({ allergy, canWrite }: { allergy: Allergy; canWrite: boolean }) {
  const { id, substance, reaction, severity, since, noted } = allergy;
  return (
    <li className="flex flex-wrap items-start justify-between gap-2">
      <div className="min-w-0">
        <p className="font-medium text-text">
          {substance} {severity ? <Badge tone={TONE[severity]}>{SEVERITIES[severity]}</Badge> : null}
        </p>
        <p className="text-[0.8125rem] text-text-muted">
          {[reaction, since ? `since ${since}` : null, `noted by ${noted.name}`].filter(Boolean).join(', ')}
        </p>
      </div>
      {canWrite ? (
        <ConfirmAction
          trigger={
            <Button variant="ghost" size="sm" aria-label={`Remove ${substance}`}>
              Remove
            </Button>
          }
          title={`Remove ${substance} from the allergies?`}
          description="It stays readable, with your name and the reason."
          confirm="Remove"
          action={endAllergyAction}
          fields={{ allergyId: id }}
        >
          <FormField name="endReason" label="Why it no longer holds" required maxLength={200} />
        </ConfirmAction>
      ) : null}
    </li>
  );
}
