'use client';
import { FormCheckbox, FormField, FormSelect, FormTextarea } from '@/components/forms/form-field';
import { Field } from '@/components/ui/field';
import { optionsOf, Select } from '@/components/ui/select';
import { AddresseeFields } from '@/features/record/addressees/ui/addressee-form';
import { boxBeside, write } from '@/features/record/examinations/ui/sheet';
import { type Letter, REFERRAL_URGENCIES } from '../policy';

export type KnownAddressee = {
  id: string;
  name: string;
  speciality: string;
  place: string;
  phone: string;
  email: string;
};
const TEXTS = ['name', 'speciality', 'phone', 'email', 'place'] as const;

/** The chosen entry of the address book in the boxes, as if it had been typed. */
function fill(choice: HTMLElement, addressee: KnownAddressee): void {
  for (const name of TEXTS) {
    const place = choice.closest('form')?.elements.namedItem(name);
    const box = place instanceof HTMLTextAreaElement ? place : boxBeside(choice, name);
    if (box) write(box, addressee[name]);
  }
}

export function ReferralFields({
  earlier,
  composed,
  addressees,
}: {
  earlier: Extract<Letter, { kind: 'referral' }> | null;
  composed: string;
  addressees: readonly KnownAddressee[];
}) {
  return (
    <>
      {addressees.length > 0 ? (
        <Field label="From the address book" help="Fills the boxes below.">
          {(control) => (
            <Select
              {...control}
              placeholder="Choose an addressee"
              options={addressees.map(({ id, name, speciality }) => ({
                value: id,
                label: [name, speciality].filter(Boolean).join(', '),
              }))}
              onChange={({ currentTarget }) => {
                const chosen = addressees.find(({ id }) => id === currentTarget.value);
                if (chosen) fill(currentTarget, chosen);
              }}
            />
          )}
        </Field>
      ) : null}
      <FormField
        name="name"
        label="To"
        placeholder="Dr Asha Rao"
        required
        defaultValue={earlier?.to.name ?? ''}
        maxLength={120}
        autoComplete="off"
      />
      <AddresseeFields
        {...(Object.fromEntries(
          Object.entries(earlier?.to ?? {}).filter(([, value]) => value !== undefined),
        ) as Partial<KnownAddressee>)}
      />
      <FormCheckbox name="isKept" label="Keep in the address book" />
      <div className="grid gap-5 sm:grid-cols-[1fr_14rem]">
        <FormField
          name="referralReason"
          label="Reason for the referral"
          required
          defaultValue={earlier?.reason ?? ''}
          maxLength={300}
          autoComplete="off"
        />
        <FormSelect
          name="urgency"
          label="To be seen"
          options={optionsOf(REFERRAL_URGENCIES)}
          defaultValue={earlier?.urgency ?? 'routine'}
        />
      </div>
      <FormTextarea
        name="body"
        label="Letter"
        help="Made of this visit. Change what you like."
        rows={12}
        required
        maxLength={6_000}
        defaultValue={earlier?.body ?? composed}
      />
    </>
  );
}
