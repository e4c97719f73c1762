'use client';
import { FormField, FormSelect, useField } from '@/components/forms/form-field';
import { Section } from '@/components/ui/card';
import { Checkbox } from '@/components/ui/checkbox';
import { FieldGroup } from '@/components/ui/field';
import { optionsOf } from '@/components/ui/select';
import {
  ADDS,
  CYLINDERS,
  type PowerRange,
  PRISM_BASES,
  powerText,
  type Refraction,
  readAxis,
  readPower,
  SPHERES,
} from '@/features/record/examinations/refraction';
import { boxBeside, choiceBeside, write } from '@/features/record/examinations/ui/sheet';
import { keysOf } from '@/lib/query-words';
import { COATINGS, INDEXES, MATERIALS, TINTS, USES } from '../lens-details';
import type { Lens, Pupils, SpectacleEye, Spectacles } from '../policy';

export type Glasses = Extract<Spectacles, { advice: 'glasses' }>;

export const EYE_NAMES: readonly { eye: SpectacleEye; name: string }[] = [
  { eye: 'right', name: 'Right eye' },
  { eye: 'left', name: 'Left eye' },
];

const power = (quarters: number | undefined) => (quarters === undefined ? '' : powerText(quarters));

/** What stands in the boxes of a lens. */
const lensParts = (lens: Lens | undefined) =>
  [
    { part: 'sphere', words: 'sphere', value: lens?.sphere === 0 ? 'plano' : power(lens?.sphere) },
    { part: 'cylinder', words: 'cylinder', value: lens?.cylinder ? power(lens.cylinder) : '' },
    { part: 'axis', words: 'axis', value: lens?.axis ? String(lens.axis) : '' },
    { part: 'middleAdd', words: 'middle add', value: power(lens?.middleAdd) },
    { part: 'add', words: 'add', value: power(lens?.add) },
    { part: 'prism', words: 'prism', value: lens?.prism ? (lens.prism.quarters / 4).toFixed(2) : '' },
    { part: 'base', words: 'base', value: lens?.prism?.base ?? '' },
    {
      part: 'secondPrism',
      words: 'second prism',
      value: lens?.secondPrism ? (lens.secondPrism.quarters / 4).toFixed(2) : '',
    },
    { part: 'secondBase', words: 'second base', value: lens?.secondPrism?.base ?? '' },
  ] as const;

const isBase = (part: string): boolean => part === 'base' || part === 'secondBase';

/** A lens in the boxes, as if it had been typed. */
export function writeLens(form: HTMLElement, eye: SpectacleEye, lens: Lens | undefined): void {
  for (const { part, value } of lensParts(lens)) {
    const name = `${eye}-${part}`;
    const box = isBase(part) ? choiceBeside(form, name) : boxBeside(form, name);
    if (box) write(box, value);
  }
}

/** Where the pupils are, in the boxes of both eyes; an eye that nobody measured is left as it is. */
export function writePupils(
  form: HTMLElement,
  field: 'pupil' | 'nearPupil',
  pupils: Pupils | undefined,
): void {
  for (const { eye } of EYE_NAMES) {
    const half = pupils?.[eye];
    const box = boxBeside(form, `${eye}-${field}`);
    if (half && box) write(box, String(half / 2));
  }
}

/** What the boxes of an eye say while they are typed; undefined until its sphere can be read. */
export function typedLens(form: HTMLElement, eye: SpectacleEye): Refraction | undefined {
  const read = (part: string, range: PowerRange): number | undefined => {
    const reading = readPower(boxBeside(form, `${eye}-${part}`)?.value ?? '', range);
    return 'quarters' in reading ? reading.quarters : undefined;
  };
  const sphere = read('sphere', SPHERES);
  if (sphere === undefined) return undefined;
  const [cylinder = 0, add] = [read('cylinder', CYLINDERS), read('add', ADDS)];
  const axis = readAxis(boxBeside(form, `${eye}-axis`)?.value ?? '');
  return {
    sphere,
    ...(cylinder !== 0 && axis ? { cylinder, axis } : { cylinder: 0 }),
    ...(add === undefined ? {} : { add }),
  };
}

type LensFieldsProps = {
  eye: SpectacleEye;
  name: string;
  /** What is changed; its eye without a lens has a balance. */
  before: Glasses | null;
  /** Between far and near, which only some kinds have. */
  hasMiddle: boolean;
};

/** The boxes of one eye: its lens, and where its pupil is. */
export function LensFields({ eye, name, before, hasMiddle }: LensFieldsProps) {
  const lens = before?.[eye];
  const shown = lensParts(lens).filter(({ part }) => hasMiddle || part !== 'middleAdd');
  const pupils: { field: string; words: string; of: Pupils | undefined }[] = [
    { field: 'pupil', words: 'PD far', of: before?.pupils },
    ...(hasMiddle ? [{ field: 'middlePupil', words: 'PD middle', of: before?.middlePupils }] : []),
    { field: 'nearPupil', words: 'PD near', of: before?.nearPupils },
  ];
  return (
    <Section title={name}>
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-5">
        {shown.map(({ part, words, value }) =>
          isBase(part) ? (
            <FormSelect
              key={part}
              name={`${eye}-${part}`}
              label={`${name}, ${words}`}
              placeholder="None"
              options={optionsOf(PRISM_BASES)}
              defaultValue={value}
            />
          ) : (
            <FormField
              key={part}
              name={`${eye}-${part}`}
              label={`${name}, ${words}`}
              {...(part === 'sphere' ? { help: 'plano, or balance' } : {})}
              defaultValue={part === 'sphere' && before && !lens ? 'balance' : value}
              autoComplete="off"
              maxLength={12}
            />
          ),
        )}
        {pupils.map(({ field, words, of }) => (
          <FormField
            key={field}
            name={`${eye}-${field}`}
            label={`${name}, ${words}`}
            help="mm"
            inputMode="decimal"
            defaultValue={of?.[eye] ? String(of[eye] / 2) : ''}
            autoComplete="off"
            maxLength={12}
          />
        ))}
      </div>
    </Section>
  );
}

/** What the lenses are made of and for; what is left empty is for the optician to say. */
export function DetailFields({ before, validMonths }: { before: Glasses | null; validMonths: number }) {
  return (
    <Section title="Lenses">
      <div className="grid gap-5">
        <div className="grid gap-5 sm:grid-cols-2 lg:grid-cols-3">
          <FormSelect
            name="material"
            label="Material"
            placeholder="Left to the optician"
            options={optionsOf(MATERIALS)}
            defaultValue={before?.material ?? ''}
          />
          <FormSelect
            name="index"
            label="Index"
            placeholder="Left to the optician"
            options={optionsOf(INDEXES)}
            defaultValue={before?.index ?? ''}
          />
          <FormSelect
            name="tint"
            label="Tint"
            placeholder="None"
            options={optionsOf(TINTS)}
            defaultValue={before?.tint ?? ''}
          />
          <FormSelect
            name="use"
            label="Use"
            placeholder="Not said"
            options={optionsOf(USES)}
            defaultValue={before?.use ?? ''}
          />
          <FormField
            name="vertexMm"
            label="Vertex distance"
            after="mm"
            inputMode="numeric"
            defaultValue={before?.vertexMm ?? ''}
            autoComplete="off"
            maxLength={12}
          />
          <FormField
            name="validMonths"
            label="Valid for"
            after="months"
            inputMode="numeric"
            defaultValue={before?.validMonths ?? validMonths}
          />
        </div>
        <CoatingsField chosen={before?.coatings ?? []} />
      </div>
    </Section>
  );
}

function CoatingsField({ chosen }: { chosen: readonly string[] }) {
  const { id, keptList } = useField('coatings', 'Coatings');
  return (
    <FieldGroup id={id} legend="Coatings">
      <div className="grid gap-2 sm:grid-cols-3">
        {keysOf(COATINGS).map((coating) => (
          <Checkbox
            key={coating}
            id={`${id}-${coating}`}
            name="coatings[]"
            value={coating}
            label={COATINGS[coating]}
            defaultChecked={keptList?.includes(coating) ?? chosen.includes(coating)}
          />
        ))}
      </div>
    </FieldGroup>
  );
}
