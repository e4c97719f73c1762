'use client';
import { useState } from 'react';
import { useField } from '@/components/forms/form-field';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { type BirthOrder, birthProblem, birthText, parseBirth } from '../policy';

const EXAMPLE: Record<BirthOrder, string> = { dmy: '14/03/1958 or 68', mdy: '03/14/1958 or 68' };

/** A date as it is typed fastest, or an age; below, what was understood. */
export function BirthField({
  order,
  today,
  defaultValue,
  isEstimated,
}: {
  order: BirthOrder;
  today: string;
  defaultValue: string | undefined;
  isEstimated: boolean;
}) {
  const { id, error, kept } = useField('dateOfBirth', 'Date of birth');
  const initial = kept ?? defaultValue ?? '';
  const [text, setText] = useState(initial);
  const birth = parseBirth(text, order, today);
  const isUntouched = text === initial && isEstimated;
  const understood =
    birth && !birthProblem(birth.day, today)
      ? birthText({ ...birth, isEstimated: birth.isEstimated || isUntouched }, today)
      : null;
  return (
    <>
      <Field
        id={id}
        label="Date of birth"
        help={understood ?? 'A date, or an age in years'}
        error={error}
        required
      >
        {(control) => (
          <Input
            {...control}
            name="dateOfBirth"
            defaultValue={initial}
            placeholder={EXAMPLE[order]}
            autoComplete="off"
            maxLength={30}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      <input type="hidden" name="birthOrder" value={order} />
    </>
  );
}
