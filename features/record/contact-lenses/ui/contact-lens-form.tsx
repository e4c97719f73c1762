'use client';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { FormField, FormSelect, FormTextarea } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { optionsOf } from '@/components/ui/select';
import { powerText } from '@/features/record/examinations/refraction';
import { boxBeside, write } from '@/features/record/examinations/ui/sheet';
import type { SpectacleEye } from '@/features/record/spectacles/policy';
import { paths } from '@/lib/paths';
import { newRequestKey } from '@/lib/request-key';
import { prescribeContactLensesAction } from '../actions';
import {
  CONTACT_VALID_MONTHS,
  type ContactLens,
  type ContactLenses,
  curveText,
  diameterText,
  REPLACEMENTS,
  WEARS,
} from '../policy';

const schema = async () => (await import('../schema')).prescribeContactLensesInput;
const EYES: readonly { eye: SpectacleEye; name: string }[] = [
  { eye: 'right', name: 'Right eye' },
  { eye: 'left', name: 'Left eye' },
];
const power = (quarters: number | undefined) => (quarters === undefined ? '' : powerText(quarters));

/** What stands in the boxes of a lens: its field, its name in words, its value. */
const partsOf = (lens: ContactLens | undefined) =>
  [
    ['curve', 'base curve', lens ? curveText(lens.baseCurve) : '', 'mm'],
    ['diameter', 'diameter', lens ? diameterText(lens.diameter) : '', 'mm'],
    ['sphere', 'power', lens?.sphere === 0 ? 'plano' : power(lens?.sphere), ''],
    ['cylinder', 'cylinder', lens?.cylinder ? power(lens.cylinder) : '', ''],
    ['axis', 'axis', lens?.axis ? String(lens.axis) : '', ''],
    ['add', 'add', power(lens?.add), ''],
    ['brand', 'brand', lens?.brand ?? '', ''],
    ['quantity', 'lenses', lens?.quantity ? String(lens.quantity) : '', ''],
  ] as const;
/** Mostly the same in both eyes. */
const SHARED = ['curve', 'diameter', 'brand', 'quantity'] as const;

type Props = { earlier: ContactLenses | null; isReplacing: boolean };

/** Contact lenses as they were fitted: nothing is taken over from glasses, whose power stands elsewhere. */
export function ContactLensForm({
  visitId,
  version,
  ...props
}: Props & { visitId: string; version: number }) {
  const router = useRouter();
  const [requestKey, setRequestKey] = useState('');
  // A key of the browser's making: the page on the server must not have another.
  useEffect(() => setRequestKey(newRequestKey()), []);
  const { earlier, isReplacing } = props;
  return (
    <ActionForm
      action={prescribeContactLensesAction}
      schema={schema}
      label="Contact lenses"
      draft={{ form: 'contact-lenses', of: visitId, version }}
      onSuccess={({ id }) => router.push(paths.contactLenses(id))}
    >
      <input type="hidden" name="visitId" value={visitId} />
      <input type="hidden" name="requestKey" value={requestKey} />
      {EYES.map(({ eye, name }) => (
        <Section
          key={eye}
          title={name}
          actions={
            eye === 'left' ? (
              <Button
                size="sm"
                onClick={({ currentTarget }) => {
                  for (const part of SHARED) {
                    const [from, to] = [
                      boxBeside(currentTarget, `right-${part}`),
                      boxBeside(currentTarget, `left-${part}`),
                    ];
                    if (from && to) write(to, from.value);
                  }
                }}
              >
                Same lens as the right eye
              </Button>
            ) : null
          }
        >
          <div className="grid grid-cols-2 gap-3 sm:grid-cols-4">
            {partsOf(earlier?.[eye]).map(([part, words, value, unit]) => (
              <FormField
                key={part}
                name={`${eye}-${part}`}
                label={`${name}, ${words}`}
                defaultValue={value}
                autoComplete="off"
                maxLength={part === 'brand' ? 80 : 12}
                {...(unit ? { after: unit } : {})}
                {...(part === 'quantity' ? { inputMode: 'numeric' as const } : {})}
              />
            ))}
          </div>
        </Section>
      ))}
      <div className="grid gap-5 sm:grid-cols-3">
        <FormSelect
          name="replacement"
          label="Replaced"
          placeholder="Choose how often"
          options={optionsOf(REPLACEMENTS)}
          defaultValue={earlier?.replacement ?? ''}
          required
        />
        <FormSelect
          name="wear"
          label="Worn"
          options={optionsOf(WEARS)}
          defaultValue={earlier?.wear ?? 'day'}
        />
        <FormField
          name="validMonths"
          label="Valid for"
          after="months"
          inputMode="numeric"
          defaultValue={earlier?.validMonths ?? CONTACT_VALID_MONTHS}
        />
      </div>
      <FormTextarea
        name="remarks"
        label="Remarks"
        rows={2}
        maxLength={300}
        defaultValue={earlier?.remarks ?? ''}
      />
      {isReplacing ? (
        <FormField name="reason" label="Reason for the change" required maxLength={200} autoComplete="off" />
      ) : null}
      <FormActions>
        <SubmitButton pendingLabel="Signing">Sign contact lenses</SubmitButton>
      </FormActions>
    </ActionForm>
  );
}
