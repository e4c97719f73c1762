'use client';
import { useState } from 'react';
import { useFormState } from '@/components/forms/form-context';
import { FormSelect } from '@/components/forms/form-field';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { optionsOf } from '@/components/ui/select';
import { timeOf } from '@/lib/time';
import { EYE_LABEL, EYES, type Eye } from '../eyes';
import { MOST_PRESSURES, pressureField } from '../fields';
import { type Measurements, pressureOf } from '../policy';
import {
  averagePressure,
  isHighPressure,
  type PressureReading,
  pressureShown,
  readPressure,
  splitPressures,
  TONOMETERS,
} from '../pressure';
import { type Earlier, LastTime } from './last-time';
import { boxBeside, Group, ReadField, write } from './sheet';
import { useSource } from './source-field';

/** The pressure that each eye shall stay at or under, as set at this visit or at the last that set one. */
export type Targets = Partial<Record<Eye, number>>;

type Props = { measurements: Measurements; earlier: Earlier | null; targets: Targets; timeZone: string };

/** Any number of readings: what is above the target says so while it is typed. */
export function PressureGroup({ measurements, earlier, targets, timeZone }: Props) {
  const { pressures } = measurements;
  const { valueFor } = useFormState();
  const isTyped = (index: number) => EYES.some((eye) => valueFor(pressureField(index, eye)));
  const [count, setCount] = useState(() => {
    const kept = Array.from({ length: MOST_PRESSURES }, (_, at) => at + 1).findLast(isTyped) ?? 0;
    return Math.max(1, pressures.length, kept);
  });
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const numbers = Array.from({ length: count }, (_, at) => at + 1);
  const textOf = (index: number, eye: Eye): string => {
    const stored = pressures[index - 1]?.[eye];
    return typed[pressureField(index, eye)] ?? (stored ? pressureShown(stored) : '');
  };
  const averages = EYES.flatMap((eye) => {
    const read = numbers.flatMap((index) => {
      const reading = readPressure(textOf(index, eye));
      return 'problem' in reading ? [] : [reading];
    });
    const average = read.length > 1 ? averagePressure(read) : null;
    return average === null ? [] : [`${EYE_LABEL[eye].toLowerCase()} ${average}`];
  });
  const before = earlier?.measurements.pressures ?? [];
  const methods = [...new Set(before.flatMap(({ method }) => (method ? [TONOMETERS[method]] : [])))];
  return (
    <Group
      legend="Eye pressure"
      last={
        <>
          {averages.length > 0 ? (
            <p className="text-[0.8125rem] text-text tabular-nums">Average: {averages.join(', ')} mmHg</p>
          ) : null}
          <LastTime
            earlier={earlier}
            by={methods.join(', ') || undefined}
            text={(eye) => {
              const pressure = earlier && pressureOf(earlier.measurements, eye);
              if (pressure === null) return null;
              return `${pressure} mmHg${isHighPressure(pressure, targets[eye]) ? ' (high)' : ''}`;
            }}
          />
          <TargetLine targets={targets} />
        </>
      }
    >
      {numbers.map((index) => (
        <ReadingFields
          key={index}
          index={index}
          reading={pressures[index - 1] ?? null}
          targets={targets}
          textOf={(eye) => textOf(index, eye)}
          onType={(eye, text) => setTyped((all) => ({ ...all, [pressureField(index, eye)]: text }))}
          timeZone={timeZone}
        />
      ))}
      {count < MOST_PRESSURES ? (
        <div>
          <Button size="sm" onClick={() => setCount(count + 1)}>
            <Icon of="plus" /> Add a reading
          </Button>
        </div>
      ) : null}
    </Group>
  );
}

function TargetLine({ targets }: { targets: Targets }) {
  const parts = EYES.flatMap((eye) =>
    targets[eye] ? [`${EYE_LABEL[eye].toLowerCase()} ${targets[eye]}`] : [],
  );
  if (parts.length === 0) return null;
  return <p className="text-[0.8125rem] text-text-subtle tabular-nums">Target: {parts.join(', ')} mmHg</p>;
}

function ReadingFields({
  index,
  reading,
  targets,
  textOf,
  onType,
  timeZone,
}: {
  index: number;
  reading: PressureReading | null;
  targets: Targets;
  textOf: (eye: Eye) => string;
  onType: (eye: Eye, text: string) => void;
  timeZone: string;
}) {
  const from = useSource(pressureField(index, 'source'), reading?.source);
  const isHigh = (eye: Eye): boolean => {
    const read = readPressure(textOf(eye));
    return 'mmHg' in read && isHighPressure(read.mmHg, targets[eye]);
  };
  return (
    <fieldset
      onInput={from.onInput}
      className="grid min-w-0 grid-cols-2 items-start gap-2 sm:grid-cols-[1fr_1fr_4.5rem_1fr_1fr] lg:grid-cols-[10.5rem_10.5rem_4.5rem_minmax(0,1fr)_minmax(0,1fr)]"
    >
      <legend className="sr-only">Reading {index}</legend>
      {from.source ? (
        <p className="col-span-full text-[0.8125rem] text-text-subtle">From {from.source}</p>
      ) : null}
      {from.field}
      {EYES.map((eye) => (
        <ReadField
          key={eye}
          hideLabel={false}
          name={pressureField(index, eye)}
          label={`${EYE_LABEL[eye]} eye, mmHg`}
          inputMode="decimal"
          initial={reading?.[eye] ? pressureShown(reading[eye]) : ''}
          understood={(text) => {
            const read = readPressure(text);
            return 'problem' in read ? text : pressureShown(read);
          }}
          onType={(text) => onType(eye, text)}
          onChange={({ currentTarget }) => {
            // The clock is read when something is read off the eye, and can be changed.
            const time = boxBeside(currentTarget, pressureField(index, 'time'));
            if (time?.value === '') write(time, timeOf(new Date(), timeZone));
            const both = eye === 'right' ? splitPressures(currentTarget.value) : null;
            const other = boxBeside(currentTarget, pressureField(index, 'left'));
            // "24/1" may still become "24/19": two digits end it.
            if (!both || !other || both.left.length < 2) return;
            write(other, both.left);
            write(currentTarget, both.right);
            other.focus();
          }}
          aside={<span role="status">{isHigh(eye) ? <Badge tone="warning">High</Badge> : null}</span>}
        />
      ))}
      <ReadField
        hideLabel={false}
        name={pressureField(index, 'time')}
        label="Time"
        inputMode="numeric"
        placeholder="hh:mm"
        initial={reading?.time ?? ''}
        understood={(text) => {
          const digits = /^\d{3,4}$/.test(text.trim()) ? text.trim().padStart(4, '0') : null;
          return digits ? `${digits.slice(0, 2)}:${digits.slice(2)}` : text;
        }}
      />
      <FormSelect
        name={pressureField(index, 'method')}
        label="Measured by"
        placeholder="–"
        options={optionsOf(TONOMETERS)}
        defaultValue={reading?.method ?? ''}
      />
      <ReadField
        hideLabel={false}
        name={pressureField(index, 'drops')}
        label="Drops before"
        initial={reading?.drops ?? ''}
        maxLength={100}
      />
    </fieldset>
  );
}
