'use client';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { FormField, FormRadioGroup, FormSelect, FormTextarea, useField } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { optionsOf } from '@/components/ui/select';
import { PRISM_BASES, powerText, refractionText } from '@/features/record/examinations/refraction';
import { boxBeside, choiceBeside, write } from '@/features/record/examinations/ui/sheet';
import { paths } from '@/lib/paths';
import { newRequestKey } from '@/lib/request-key';
import { prescribeSpectaclesAction } from '../actions';
import { KINDS, type Lens, MATERIALS, type SpectacleEye, type Spectacles, VALID_MONTHS } from '../policy';

const schema = async () => (await import('../schema')).prescribeSpectaclesInput;
const EYES: readonly { eye: SpectacleEye; name: string }[] = [
  { eye: 'right', name: 'Right eye' },
  { eye: 'left', name: 'Left eye' },
];

/** A refraction that was measured: how, and what was found. */
type MeasuredLenses = { label: string; right?: Lens | undefined; left?: Lens | undefined };

type Props = {
  /** The refractions of this visit; one of them is chosen. */
  measured: readonly MeasuredLenses[];
  /** What was prescribed at this visit, to be changed. */
  earlier: Spectacles | null;
  isReplacing: boolean;
};

/** Glasses, typed or taken from what was measured; never silently from the newest. */
export function GlassesForm({ visitId, version, ...props }: Props & { visitId: string; version: number }) {
  const router = useRouter();
  return (
    <ActionForm
      action={prescribeSpectaclesAction}
      schema={schema}
      label="Glasses"
      draft={{ form: 'glasses', of: visitId, version }}
      onSuccess={({ id }) => router.push(paths.glasses(id))}
    >
      <input type="hidden" name="visitId" value={visitId} />
      <GlassesFields {...props} />
    </ActionForm>
  );
}

/** A lens in the boxes, as if it had been typed. */
function writeLens(form: HTMLElement, eye: SpectacleEye, lens: Lens | undefined): void {
  for (const { part, value } of lensParts(lens)) {
    const name = `${eye}-${part}`;
    const box = part === 'base' ? choiceBeside(form, name) : boxBeside(form, name);
    if (box) write(box, value);
  }
}

function GlassesFields({ measured, earlier, isReplacing }: Props) {
  const { kept } = useField('advice', 'Advice');
  const [requestKey, setRequestKey] = useState('');
  const before = earlier?.advice === 'glasses' ? earlier : null;
  const [advice, setAdvice] = useState<string>(kept ?? earlier?.advice ?? 'glasses');
  // A key of the browser's making: the page on the server must not have another.
  useEffect(() => setRequestKey(newRequestKey()), []);
  return (
    <>
      <input type="hidden" name="requestKey" value={requestKey} />
      <FormRadioGroup
        name="advice"
        label="Advice"
        options={[
          { value: 'glasses', label: 'Glasses' },
          { value: 'none', label: 'No glasses advised' },
        ]}
        defaultValue={advice}
        onChange={setAdvice}
      />
      {advice === 'glasses' ? (
        <>
          {measured.map(({ label, ...lenses }) => (
            <div
              key={label}
              className="flex flex-wrap items-center justify-between gap-3 rounded-md border border-border bg-surface-sunken px-4 py-3 text-sm"
            >
              <p className="text-text-muted">
                <span className="font-medium text-text">{label}.</span>{' '}
                {EYES.flatMap(({ eye, name }) => {
                  const one = lenses[eye];
                  return one ? [`${name}: ${refractionText(one)}`] : [];
                }).join('; ')}
              </p>
              <Button
                size="sm"
                aria-label={`Use ${label}`}
                onClick={({ currentTarget }) => {
                  for (const { eye } of EYES) writeLens(currentTarget, eye, lenses[eye]);
                }}
              >
                Use this refraction
              </Button>
            </div>
          ))}
          {EYES.map(({ eye, name }) => (
            <LensFields key={eye} eye={eye} name={name} lens={before?.[eye]} pupil={before?.pupils?.[eye]} />
          ))}
          <div className="grid gap-5 sm:grid-cols-3">
            <FormSelect
              name="kind"
              label="Kind"
              options={optionsOf(KINDS)}
              defaultValue={before?.kind ?? 'distance'}
              required
            />
            <FormSelect
              name="material"
              label="Material"
              placeholder="Left to the optician"
              options={optionsOf(MATERIALS)}
              defaultValue={before?.material ?? ''}
            />
            <FormField
              name="validMonths"
              label="Valid for"
              after="months"
              inputMode="numeric"
              defaultValue={before?.validMonths ?? VALID_MONTHS}
            />
          </div>
        </>
      ) : null}
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
        <SubmitButton pendingLabel="Signing">Sign glasses</SubmitButton>
      </FormActions>
    </>
  );
}

const power = (quarters: number | undefined) => (quarters === undefined ? '' : powerText(quarters));

/** What stands in the boxes of a lens. */
function lensParts(lens: Lens | undefined): { part: string; value: string }[] {
  return [
    { part: 'sphere', value: lens?.sphere === 0 ? 'plano' : power(lens?.sphere) },
    { part: 'cylinder', value: lens?.cylinder ? power(lens.cylinder) : '' },
    { part: 'axis', value: lens?.axis ? String(lens.axis) : '' },
    { part: 'add', value: power(lens?.add) },
    { part: 'prism', value: lens?.prism ? (lens.prism.quarters / 4).toFixed(2) : '' },
    { part: 'base', value: lens?.prism?.base ?? '' },
  ];
}

function LensFields({
  eye,
  name,
  lens,
  pupil,
}: {
  eye: SpectacleEye;
  name: string;
  lens: Lens | undefined;
  pupil: number | undefined;
}) {
  const fields = lensParts(lens).filter(({ part }) => part !== 'base');
  return (
    <Section title={name}>
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-4">
        {fields.map(({ part, value }) => (
          <FormField
            key={part}
            name={`${eye}-${part}`}
            label={`${name}, ${part}`}
            defaultValue={value}
            autoComplete="off"
            maxLength={12}
          />
        ))}
        <FormSelect
          name={`${eye}-base`}
          label={`${name}, base`}
          placeholder="None"
          options={optionsOf(PRISM_BASES)}
          defaultValue={lens?.prism?.base ?? ''}
        />
        <FormField
          name={`${eye}-pupil`}
          label={`${name}, PD`}
          help="mm"
          inputMode="decimal"
          defaultValue={pupil ? String(pupil / 2) : ''}
          autoComplete="off"
          maxLength={12}
        />
      </div>
    </Section>
  );
}
