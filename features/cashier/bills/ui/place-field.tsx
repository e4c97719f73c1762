'use client';
import { useState } from 'react';
import { useFormState } from '@/components/forms/form-context';
import { useField } from '@/components/forms/form-field';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/select';
import { INDIAN_STATES, STATE_OPTIONS } from '../../bill-settings/states';
import { useAddress } from './use-address';

type PlaceFieldProps = { own: string; chosen: string; ofPatient: string | null };

/**
 * Where goods are supplied. In another state than the hospital's they carry one tax instead of two halves.
 */
export function PlaceField({ own, chosen, ofPatient }: PlaceFieldProps) {
  const { id, error } = useField('placeOfSupply', 'State of supply');
  const { valueFor } = useFormState();
  const [place, setPlace] = useState(() => valueFor('placeOfSupply') ?? chosen);
  useAddress({ place: place === own ? '' : place });
  return (
    <Field
      label="State of supply"
      help={
        place !== own
          ? 'Goods carry IGST'
          : ofPatient && ofPatient !== own
            ? `The patient lives in ${INDIAN_STATES[ofPatient]}`
            : undefined
      }
      id={id}
      error={error}
    >
      {(control) => (
        <Select
          {...control}
          name="placeOfSupply"
          value={place}
          options={STATE_OPTIONS}
          onChange={({ target }) => setPlace(target.value)}
        />
      )}
    </Field>
  );
}
