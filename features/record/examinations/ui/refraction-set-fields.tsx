'use client';
import { Fragment, useRef, useState } from 'react';
import { FormSelect } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { optionsOf } from '@/components/ui/select';
import type { Notation } from '../acuity';
import { acuityShown } from '../acuity-reading';
import { EYE_LABEL, EYES, type Eye } from '../eyes';
import { lensField, setField } from '../fields';
import {
  CYLINDERS,
  equivalentText,
  type LensPart,
  lensAsUnderstood,
  PRISM_BASES,
  powerText,
  type Refraction,
  readAxis,
  readPower,
  SPHERES,
  transposed,
} from '../refraction';
import { type EyeLens, leadingLens, type RefractionSet, type SetSlot, slotLabel } from '../refraction-sets';
import { ACUITY_LIST, understoodAcuity } from './acuity-group';
import type { Earlier } from './last-time';
import { boxBeside, EyeColumns, ReadField, useFold, write } from './sheet';
import { useSource } from './source-field';

const PARTS = [
  { part: 'sphere', label: 'Sphere', short: 'Sph' },
  { part: 'cylinder', label: 'Cylinder', short: 'Cyl' },
  { part: 'axis', label: 'Axis', short: 'Axis' },
  { part: 'add', label: 'Add', short: 'Add' },
] as const;

const isSaid = (value: unknown): boolean => value !== undefined;
const LENS_DETAILS = ['prism', 'base', 'secondPrism', 'secondBase', 'middleAdd', 'pdFar', 'pdNear'] as const;
const detailNames = (slot: SetSlot): string[] => [
  ...EYES.flatMap((eye) =>
    (['prism', 'base', 'secondprism', 'secondbase', 'middleadd', 'pdfar', 'pdnear'] as const).map((part) =>
      lensField(slot, eye, part),
    ),
  ),
  ...(['pdfar', 'pdnear', 'vertex', 'distance'] as const).map((part) => setField(slot, part)),
];

/** 1.5 dioptres: more than that from one visit to the next is asked about. */
const LOUD = 6;

const partText = (lens: EyeLens | undefined, part: LensPart): string => {
  const value = lens?.[part];
  if (value === undefined || (part === 'cylinder' && value === 0)) return '';
  return part === 'axis' ? String(value) : value === 0 ? 'plano' : powerText(value);
};

/** The lens that stands in the boxes, where it is one. */
function lensTyped(sphere: string, cylinder: string, axis: string): Refraction | null {
  const [s, c] = [
    readPower(sphere, SPHERES),
    cylinder.trim() ? readPower(cylinder, CYLINDERS) : { quarters: 0 },
  ];
  if (sphere.trim() === '' || !('quarters' in s) || !('quarters' in c)) return null;
  const degrees = readAxis(axis);
  if (c.quarters === 0) return { sphere: s.quarters, cylinder: 0 };
  return degrees === null ? null : { sphere: s.quarters, cylinder: c.quarters, axis: degrees };
}

type Props = {
  slot: SetSlot;
  set: RefractionSet | null;
  earlier: Earlier | null;
  notation: Notation;
  onRemove: (() => void) | null;
};

/** One lens for each eye: t turns it into the other sign of the cylinder. */
export function RefractionSetFields({ slot, set, earlier, notation, onRemove }: Props) {
  const label = slotLabel(slot);
  const box = useRef<HTMLFieldSetElement>(null);
  const from = useSource(setField(slot, 'source'), set?.source);
  const transpose = (eye: Eye) => {
    const form = box.current;
    if (!form) return;
    const [sphere, cylinder, axis] = (['sphere', 'cylinder', 'axis'] as const).map((part) =>
      boxBeside(form, lensField(slot, eye, part)),
    );
    const lens = sphere && cylinder && axis ? lensTyped(sphere.value, cylinder.value, axis.value) : null;
    if (!lens || lens.cylinder === 0 || !sphere || !cylinder || !axis) return;
    const turned = transposed(lens);
    write(sphere, turned.sphere === 0 ? 'plano' : powerText(turned.sphere));
    write(cylinder, powerText(turned.cylinder));
    write(axis, String(turned.axis));
  };
  const hasMore = Boolean(
    set &&
      ([set.pdFar, set.pdNear, set.vertex, set.workingDistance].some(isSaid) ||
        EYES.some((eye) => set[eye] && LENS_DETAILS.some((part) => isSaid(set[eye]?.[part])))),
  );
  return (
    <fieldset ref={box} onInput={from.onInput} className="min-w-0 rounded-lg border border-border p-3 pt-1">
      <legend className="px-1 font-medium text-[0.8125rem] text-text">
        {label}
        {from.source ? <span className="font-normal text-text-subtle"> from {from.source}</span> : null}
      </legend>
      {from.field}
      <div className="-mt-1 mb-1 flex justify-end gap-1">
        <Button
          variant="ghost"
          size="sm"
          aria-label={`Transpose ${label.toLowerCase()}`}
          onClick={() => EYES.map(transpose)}
        >
          <Icon of="arrow-left-right" /> Transpose
        </Button>
        {onRemove ? (
          <Button
            variant="ghost"
            size="icon-sm"
            aria-label={`Remove ${label.toLowerCase()}`}
            onClick={onRemove}
          >
            <Icon of="x" />
          </Button>
        ) : null}
      </div>
      <EyeColumns>
        {(eye) => (
          <LensFields
            slot={slot}
            eye={eye}
            lens={set?.[eye]}
            before={
              slot.startsWith('own') ? null : earlier && leadingLens(earlier.measurements.refractions, eye)
            }
            notation={notation}
            onTranspose={() => transpose(eye)}
          />
        )}
      </EyeColumns>
      <LensDetails slot={slot} set={set} isOpen={hasMore} />
    </fieldset>
  );
}

/** Prisms, and how far apart the eyes and the lenses are: few lenses have them. */
function LensDetails({ slot, set, isOpen }: { slot: SetSlot; set: RefractionSet | null; isOpen: boolean }) {
  const { details, isMade } = useFold(isOpen, detailNames(slot));
  return (
    <details {...details} className="mt-2">
      <summary className="inline-flex min-h-8 cursor-pointer items-center text-[0.8125rem] text-text-muted">
        Prism and distances
      </summary>
      {isMade ? (
        <>
          <EyeColumns>
            {(eye) => (
              <div className="grid grid-cols-2 gap-2">
                {(
                  [
                    ['prism', 'base', '', set?.[eye]?.prism, set?.[eye]?.base],
                    ['secondprism', 'secondbase', 'second ', set?.[eye]?.secondPrism, set?.[eye]?.secondBase],
                  ] as const
                ).map(([prism, base, which, quarters, direction]) => (
                  <Fragment key={prism}>
                    <ReadField
                      hideLabel={false}
                      name={lensField(slot, eye, prism)}
                      label={`${EYE_LABEL[eye]} ${which}prism, Δ`}
                      inputMode="decimal"
                      initial={quarters ? String(quarters / 4) : ''}
                    />
                    <FormSelect
                      name={lensField(slot, eye, base)}
                      label={`${EYE_LABEL[eye]} ${which}base`}
                      placeholder="–"
                      options={optionsOf(PRISM_BASES)}
                      defaultValue={direction ?? ''}
                    />
                  </Fragment>
                ))}
                {(
                  [
                    ['middleadd', 'middle add', set?.[eye]?.middleAdd && powerText(set[eye].middleAdd)],
                    ['pdfar', 'PD far, mm', set?.[eye]?.pdFar && set[eye].pdFar / 2],
                    ['pdnear', 'PD near, mm', set?.[eye]?.pdNear && set[eye].pdNear / 2],
                  ] as const
                ).map(([part, text, value]) => (
                  <ReadField
                    key={part}
                    hideLabel={false}
                    name={lensField(slot, eye, part)}
                    label={`${EYE_LABEL[eye]} ${text}`}
                    inputMode={part === 'middleadd' ? 'text' : 'decimal'}
                    initial={value ? String(value) : ''}
                    {...(part === 'middleadd'
                      ? { understood: (typed) => lensAsUnderstood('add', typed) }
                      : {})}
                  />
                ))}
              </div>
            )}
          </EyeColumns>
          <div className="mt-2 grid grid-cols-2 gap-2 sm:grid-cols-4">
            {(
              [
                ['pdfar', 'Pupil distance far, mm', set?.pdFar && set.pdFar / 2],
                ['pdnear', 'Pupil distance near, mm', set?.pdNear && set.pdNear / 2],
                ['vertex', 'Vertex, mm', set?.vertex],
                ['distance', 'Working distance, cm', set?.workingDistance],
              ] as const
            ).map(([part, text, value]) => (
              <ReadField
                key={part}
                hideLabel={false}
                name={setField(slot, part)}
                label={text}
                inputMode="decimal"
                initial={value ? String(value) : ''}
              />
            ))}
          </div>
        </>
      ) : null}
    </details>
  );
}

function LensFields({
  slot,
  eye,
  lens,
  before,
  notation,
  onTranspose,
}: {
  slot: SetSlot;
  eye: Eye;
  lens: EyeLens | undefined;
  before: EyeLens | null;
  notation: Notation;
  onTranspose: () => void;
}) {
  const [typed, setTyped] = useState({
    sphere: partText(lens, 'sphere'),
    cylinder: partText(lens, 'cylinder'),
    axis: partText(lens, 'axis'),
  });
  const found = lensTyped(typed.sphere, typed.cylinder, typed.axis);
  const isLoud = Boolean(
    found && before && Math.abs(sphereEquivalent(found) - sphereEquivalent(before)) >= LOUD,
  );
  return (
    <>
      <div className="grid grid-cols-5 gap-1">
        {PARTS.map(({ part, label, short }) => (
          <ReadField
            key={part}
            name={lensField(slot, eye, part)}
            label={`${EYE_LABEL[eye]} eye, ${label.toLowerCase()}`}
            placeholder={short}
            inputMode={part === 'axis' ? 'numeric' : 'text'}
            className="px-0.5 text-center text-[0.8125rem] tabular-nums"
            initial={partText(lens, part)}
            understood={(text) => lensAsUnderstood(part, text)}
            onType={(text) => part !== 'add' && setTyped((earlier) => ({ ...earlier, [part]: text }))}
            onKeyDown={(event) => {
              if (event.key.toLowerCase() !== 't' || event.ctrlKey || event.metaKey || event.altKey) return;
              event.preventDefault();
              onTranspose();
            }}
          />
        ))}
        <ReadField
          name={lensField(slot, eye, 'acuity')}
          label={`${EYE_LABEL[eye]} eye, acuity with this lens`}
          placeholder="VA"
          list={ACUITY_LIST}
          className="px-0.5 text-center text-[0.8125rem]"
          initial={lens?.acuity ? acuityShown(lens.acuity, notation) : ''}
          understood={understoodAcuity(notation)}
        />
      </div>
      <p role="status" className="min-h-5 text-[0.8125rem] text-text-subtle tabular-nums">
        {found && found.cylinder !== 0 ? `Spherical equivalent ${equivalentText(found)}. ` : ''}
        {isLoud && before ? (
          <span className="font-medium text-warning">
            Very different from the last time ({equivalentText(before)}). Is that right?
          </span>
        ) : null}
      </p>
    </>
  );
}

const sphereEquivalent = ({ sphere, cylinder }: Refraction): number => sphere + cylinder / 2;
