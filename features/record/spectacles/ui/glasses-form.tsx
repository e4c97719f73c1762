'use client';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { FormField, FormRadioGroup, FormSelect, FormTextarea, useField } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { optionsOf } from '@/components/ui/select';
import { refractionText } from '@/features/record/examinations/refraction';
import { boxBeside, write } from '@/features/record/examinations/ui/sheet';
import { paths } from '@/lib/paths';
import { newRequestKey } from '@/lib/request-key';
import { prescribeSpectaclesAction } from '../actions';
import { changeText } from '../lens-change';
import { hasMiddle, KINDS, type Lens, type measuredPupils, type Spectacles } from '../policy';
import {
  DetailFields,
  EYE_NAMES,
  type Glasses,
  LensFields,
  typedLens,
  writeLens,
  writePupils,
} from './lens-fields';

const schema = async () => (await import('../schema')).prescribeSpectaclesInput;

/** A pair of lenses: measured at this visit, worn, or prescribed before. */
export type NamedLenses = { label: string; right?: Lens | undefined; left?: Lens | undefined };

/** What was measured at this visit; its distances are taken over apart from its lenses. */
type MeasuredSet = NamedLenses & {
  far: ReturnType<typeof measuredPupils>;
  near: ReturnType<typeof measuredPupils>;
  vertexMm: number | undefined;
};

type Props = {
  /** The refractions of this visit; one of them is chosen. */
  measured: readonly MeasuredSet[];
  /** What the patient wears, or was prescribed last: what is written is compared with it. */
  worn: NamedLenses | null;
  /** The last three prescriptions before, each in words. */
  before: readonly { id: string; label: string; text: string }[];
  /** What was prescribed at this visit, to be changed. */
  earlier: Spectacles | null;
  isReplacing: boolean;
  /** How long they hold, as the hospital usually says. */
  validMonths: number;
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
      <AdvisedFields {...props} />
    </ActionForm>
  );
}

function AdvisedFields({ measured, worn, before, earlier, isReplacing, validMonths }: Props) {
  const { kept } = useField('advice', 'Advice');
  const [requestKey, setRequestKey] = useState('');
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
          <MeasuredLenses measured={measured} />
          <Earlier before={before} />
          <GlassesFields
            before={earlier?.advice === 'glasses' ? earlier : null}
            worn={worn}
            validMonths={validMonths}
          />
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

/** "PD far 63 mm for both eyes, halved; vertex 12 mm"; empty where nobody measured any. */
const distancesText = ({ far, near, vertexMm }: MeasuredSet): string =>
  [
    far ? `PD far ${far.text}` : null,
    near ? `PD near ${near.text}` : null,
    vertexMm ? `vertex ${vertexMm} mm` : null,
  ]
    .filter(Boolean)
    .join('; ');

function MeasuredLenses({ measured }: Pick<Props, 'measured'>) {
  const [taken, setTaken] = useState('');
  const takeDistances = (form: HTMLElement, set: MeasuredSet) => {
    writePupils(form, 'pupil', set.far?.pupils);
    writePupils(form, 'nearPupil', set.near?.pupils);
    const vertex = boxBeside(form, 'vertexMm');
    if (set.vertexMm && vertex) write(vertex, String(set.vertexMm));
    setTaken(`From ${set.label} of this visit: ${distancesText(set)}.`);
  };
  return (
    <>
      {measured.map((set) => (
        <div
          key={set.label}
          className="flex flex-wrap items-center justify-between gap-3 rounded-md border border-border bg-surface-sunken px-4 py-3 text-sm"
        >
          <p className="min-w-0 text-text-muted">
            <span className="font-medium text-text">{set.label}.</span>{' '}
            {EYE_NAMES.flatMap(({ eye, name }) => {
              const one = set[eye];
              return one ? [`${name}: ${refractionText(one)}`] : [];
            }).join('; ')}
            {distancesText(set) ? <span className="block">{distancesText(set)}</span> : null}
          </p>
          <div className="flex flex-wrap gap-2">
            {set.right || set.left ? (
              <Button
                size="sm"
                aria-label={`Use ${set.label}`}
                onClick={({ currentTarget }) => {
                  for (const { eye } of EYE_NAMES) writeLens(currentTarget, eye, set[eye]);
                }}
              >
                Use this refraction
              </Button>
            ) : null}
            {distancesText(set) ? (
              <Button
                size="sm"
                aria-label={`Use these distances: ${set.label}`}
                onClick={({ currentTarget }) => takeDistances(currentTarget, set)}
              >
                Use these distances
              </Button>
            ) : null}
          </div>
        </div>
      ))}
      <p role="status" className="text-sm text-text-muted empty:hidden">
        {taken}
      </p>
    </>
  );
}

/** The last three beside what is written now. */
function Earlier({ before }: Pick<Props, 'before'>) {
  if (before.length === 0) return null;
  return (
    <ul aria-label="Prescribed before" className="grid gap-1 text-sm text-text-muted">
      {before.map(({ id, label, text }) => (
        <li key={id}>
          <span className="font-medium text-text">{label}.</span> {text}
        </li>
      ))}
    </ul>
  );
}

/** Kind, both eyes and what the lenses are made of, with the change from what is worn as it is typed. */
export function GlassesFields({
  before,
  worn,
  validMonths,
}: {
  before: Glasses | null;
  worn: NamedLenses | null;
  validMonths: number;
}) {
  const { kept } = useField('kind', 'Kind');
  const [kind, setKind] = useState<string>(kept ?? before?.kind ?? 'distance');
  const [change, setChange] = useState('');
  const boxes = useRef<HTMLDivElement>(null);
  const compare = () => {
    const form = boxes.current;
    if (form && worn)
      setChange(changeText(worn, { right: typedLens(form, 'right'), left: typedLens(form, 'left') }));
  };
  // What was brought back is compared too, not only what is typed from here on.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the boxes are there
  useEffect(compare, []);
  return (
    <div ref={boxes} onInput={compare} className="grid gap-5">
      <FormSelect
        name="kind"
        label="Kind"
        options={optionsOf(KINDS)}
        defaultValue={before?.kind ?? 'distance'}
        onChange={({ target }) => setKind(target.value)}
        required
      />
      {EYE_NAMES.map(({ eye, name }) => (
        <LensFields key={eye} eye={eye} name={name} before={before} hasMiddle={hasMiddle(kind)} />
      ))}
      {worn ? (
        <p role="status" className="text-sm text-text-muted">
          <span className="font-medium text-text">Change from {worn.label}:</span>{' '}
          {change || 'nothing to compare yet'}
        </p>
      ) : null}
      <DetailFields before={before} validMonths={validMonths} />
    </div>
  );
}
