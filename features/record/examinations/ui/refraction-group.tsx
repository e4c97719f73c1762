'use client';
import { useRef, useState } from 'react';
import { useFormState } from '@/components/forms/form-context';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import type { Notation } from '../acuity';
import { lensField } from '../fields';
import type { Measurements } from '../policy';
import { refractionText } from '../refraction';
import {
  ALL_SLOTS,
  KIND_IDS,
  leadingLens,
  REFRACTION_KINDS,
  type RefractionKind,
  SETS_PER_KIND,
  type SetSlot,
  slotsOf,
} from '../refraction-sets';
import { type Earlier, LastTime } from './last-time';
import { RefractionSetFields } from './refraction-set-fields';
import { Group } from './sheet';

type Props = { measurements: Measurements; earlier: Earlier | null; notation: Notation };

/** Every lens that was found: each kind is opened when it is wanted, the subjective one is there. */
export function RefractionGroup({ measurements, earlier, notation }: Props) {
  const { valueFor, restored } = useFormState();
  const stored = slotsOf(measurements.refractions);
  const [slots, setSlots] = useState<readonly SetSlot[]>(() => {
    // What was brought back has the sets that were open, and none that was removed.
    const wasOpen = (slot: SetSlot) =>
      restored && Object.hasOwn(restored, lensField(slot, 'right', 'sphere'));
    if (restored) return ALL_SLOTS.filter(wasOpen);
    // What was typed and kept opens its set again.
    const typed = ALL_SLOTS.filter((slot) =>
      (['right', 'left'] as const).some((eye) => valueFor(lensField(slot, eye, 'sphere'))),
    );
    const open = [...new Set([...stored, ...typed])];
    return open.length > 0 ? open : ['subjective'];
  });
  const box = useRef<HTMLDivElement>(null);
  const touch = () => box.current?.dispatchEvent(new Event('input', { bubbles: true }));
  const add = (kind: RefractionKind) => {
    const free = ALL_SLOTS.find((slot) => slot.replace(/\d$/, '') === kind && !slots.includes(slot));
    if (free) setSlots([...slots, free]);
  };
  const countOf = (kind: RefractionKind) => slots.filter((slot) => slot.replace(/\d$/, '') === kind).length;
  return (
    <Group
      legend="Refraction"
      last={
        <LastTime
          earlier={earlier}
          text={(eye) => {
            const lens = earlier && leadingLens(earlier.measurements.refractions, eye);
            return lens ? refractionText(lens) : null;
          }}
        />
      }
    >
      <div ref={box} className="grid gap-3">
        {slots.map((slot) => (
          <RefractionSetFields
            key={slot}
            slot={slot}
            set={measurements.refractions[stored.indexOf(slot)] ?? null}
            earlier={earlier}
            notation={notation}
            onRemove={
              slots.length > 1
                ? () => {
                    setSlots(slots.filter((one) => one !== slot));
                    touch();
                  }
                : null
            }
          />
        ))}
        <div className="flex flex-wrap gap-1.5">
          {KIND_IDS.filter((kind) => kind !== 'other' && countOf(kind) < SETS_PER_KIND).map((kind) => (
            <Button
              key={kind}
              size="sm"
              aria-label={`Add ${REFRACTION_KINDS[kind].toLowerCase()}`}
              onClick={() => add(kind)}
            >
              <Icon of="plus" /> {REFRACTION_KINDS[kind]}
            </Button>
          ))}
        </div>
      </div>
    </Group>
  );
}
