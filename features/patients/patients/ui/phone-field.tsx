'use client';
import { useState } from 'react';
import { useFormState } from '@/components/forms/form-context';
import { FormField, FormSelect } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { optionsOf } from '@/components/ui/select';
import { NO_PHONE } from '../policy';

const reasons = optionsOf(NO_PHONE);

/** A number to call, or the reason why there is none: nobody has to invent one. */
export function PhoneField({ phone, noPhoneReason }: { phone: string; noPhoneReason: string | null }) {
  const { valueFor } = useFormState();
  const [hasNone, setNone] = useState(Boolean(valueFor('noPhoneReason') ?? noPhoneReason));
  if (hasNone)
    return (
      <FormSelect
        name="noPhoneReason"
        label="Why there is no number"
        options={reasons}
        placeholder="Choose"
        defaultValue={noPhoneReason ?? ''}
        required
        aside={
          <Button variant="link" size="sm" onClick={() => setNone(false)}>
            Enter a number
          </Button>
        }
      />
    );
  return (
    <FormField
      name="phone"
      label="Phone"
      type="tel"
      inputMode="tel"
      defaultValue={phone}
      autoComplete="off"
      required
      maxLength={30}
      aside={
        <Button variant="link" size="sm" onClick={() => setNone(true)}>
          No number
        </Button>
      }
    />
  );
}
