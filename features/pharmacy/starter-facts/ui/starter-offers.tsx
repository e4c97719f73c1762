'use client';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { useField } from '@/components/forms/form-field';
import { Checkbox } from '@/components/ui/checkbox';
import { FieldNotes } from '@/components/ui/field';
import Link from '@/components/ui/link';
import { paths } from '@/lib/paths';
import { takeStarterFactsAction } from '../actions';
import { starterMark } from '../policy';
import type { StarterOffer } from '../queries';

const schema = async () => (await import('../schema')).takeStarterFactsInput;

/** What the list to begin with says of medicines and nobody has said here; what is ticked is taken over. */
export function StarterOffers({ offers, canWrite }: { offers: readonly StarterOffer[]; canWrite: boolean }) {
  if (!canWrite) return <Offers offers={offers} canWrite={false} />;
  return (
    <ActionForm action={takeStarterFactsAction} schema={schema} label="From the list to begin with">
      <Offers offers={offers} canWrite />
      {offers.some(({ offered }) => offered.length > 0) ? (
        <FormActions>
          <SubmitButton pendingLabel="Taking over">Take over what is ticked</SubmitButton>
        </FormActions>
      ) : null}
    </ActionForm>
  );
}

function Offers({ offers, canWrite }: { offers: readonly StarterOffer[]; canWrite: boolean }) {
  const { id, error, keptList } = useField('medicines', 'Medicines');
  return (
    <div>
      <ul
        id={id}
        aria-label="Differences from the list to begin with"
        className="divide-y divide-border text-sm"
      >
        {offers.map((offer) => {
          const mark = starterMark(offer);
          return (
            <li key={offer.medicineId} className="grid gap-1 py-3">
              {canWrite && offer.offered.length > 0 ? (
                <Checkbox
                  id={`${id}-${offer.medicineId}`}
                  name="medicines[]"
                  value={mark}
                  label={offer.name}
                  defaultChecked={keptList?.includes(mark) ?? false}
                />
              ) : (
                <Link
                  href={paths.medicine(offer.medicineId)}
                  className="font-medium text-text hover:underline"
                >
                  {offer.name}
                </Link>
              )}
              <Facts offer={offer} />
            </li>
          );
        })}
      </ul>
      <FieldNotes id={id} help={null} error={error} />
    </div>
  );
}

function Facts({ offer }: { offer: StarterOffer }) {
  const { offered, otherwise, isClassOpen, source, medicineId } = offer;
  return (
    <div className="grid gap-0.5 text-[0.8125rem] text-text-muted">
      {offered.map(({ field, label, value, source: from }) => (
        <p key={field}>
          {label}: <span className="text-text">{value}</span>
          {from ? ` (${from})` : ''}
        </p>
      ))}
      {otherwise.map(({ field, label, value, own }) => (
        <p key={field}>
          {label}: you say {own}, the list says {value}. It stays as you say.
        </p>
      ))}
      {isClassOpen ? (
        <p>
          Class not set: ask your pharmacist. {source}.{' '}
          <Link href={`${paths.medicine(medicineId)}/edit`} className="underline underline-offset-2">
            Set it
          </Link>
        </p>
      ) : null}
    </div>
  );
}
