'use client';
import { type ReactNode, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useFormState } from '@/components/forms/form-context';
import { FormSelect } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { optionsOf } from '@/components/ui/select';
import { BETTER, COMPLAINTS, type Complaint, MOST_COMPLAINTS, readSince, WORSE } from '../complaints';
import { complaintField } from '../fields';
import { SIDE_LABEL } from '../policy';
import { boxBeside, choiceBeside, Group, ReadField, write } from './sheet';

const sides = optionsOf(SIDE_LABEL);
const numbers = Array.from({ length: MOST_COMPLAINTS }, (_, at) => at + 1);

/** Why the patient has come: chips or words, each with its eye and since when. */
export function ComplaintsGroup({ complaints }: { complaints: readonly Complaint[] }) {
  const { valueFor } = useFormState();
  const box = useRef<HTMLDivElement>(null);
  const [count, setCount] = useState(() => {
    const kept = numbers.findLast((index) => valueFor(complaintField(index, 'what'))) ?? 0;
    return Math.max(complaints.length, kept);
  });
  const fieldOf = (index: number) => box.current && boxBeside(box.current, complaintField(index, 'what'));
  const add = (word: string) => {
    const shown = numbers.slice(0, count);
    if (shown.some((index) => fieldOf(index)?.value === word)) return;
    const free = shown.find((index) => fieldOf(index)?.value.trim() === '');
    if (!free && count === MOST_COMPLAINTS) return;
    if (!free) flushSync(() => setCount(count + 1));
    const field = fieldOf(free ?? count + 1);
    if (!field) return;
    if (word === '') return field.focus();
    write(field, word);
    choiceBeside(field, complaintField(free ?? count + 1, 'side'))?.focus();
  };
  return (
    <Group legend="Complaints">
      <div ref={box} className="grid gap-3">
        <datalist id="complaint-choices">
          {COMPLAINTS.map((text) => (
            <option key={text} value={text} />
          ))}
        </datalist>
        {numbers.slice(0, count).map((index) => (
          <ComplaintFields key={index} index={index} complaint={complaints[index - 1]} />
        ))}
        {count < MOST_COMPLAINTS ? (
          <div className="flex flex-wrap gap-1">
            <Button size="sm" onClick={() => add('')}>
              <Icon of="plus" /> Add a complaint
            </Button>
            {/* Not on the way of the keyboard: the box of each row proposes the same words. */}
            {COMPLAINTS.map((word) => (
              <Button key={word} variant="ghost" size="sm" tabIndex={-1} onClick={() => add(word)}>
                {word}
              </Button>
            ))}
          </div>
        ) : null}
      </div>
    </Group>
  );
}

const understood = (typed: string): string => {
  const read = readSince(typed);
  return typeof read === 'string' ? read : typed;
};

function ComplaintFields({ index, complaint }: { index: number; complaint: Complaint | undefined }) {
  const field = (part: Parameters<typeof complaintField>[1]) => complaintField(index, part);
  return (
    <fieldset className="grid min-w-0 grid-cols-2 gap-2 sm:grid-cols-3">
      <legend className="sr-only">Complaint {index}</legend>
      <ReadField
        hideLabel={false}
        name={field('what')}
        label="Complaint"
        list="complaint-choices"
        maxLength={80}
        initial={complaint?.what ?? ''}
      />
      <FormSelect
        name={field('side')}
        label="Eye"
        placeholder="Which eye"
        options={sides}
        defaultValue={complaint?.side ?? ''}
      />
      <ReadField
        hideLabel={false}
        name={field('since')}
        label="Since"
        placeholder="3d, 2w, 1y"
        maxLength={50}
        initial={complaint?.since ?? ''}
        understood={understood}
      />
      <Picked name={field('worse')} label="Worse with" words={WORSE} initial={complaint?.worse ?? ''} />
      <Picked name={field('better')} label="Better with" words={BETTER} initial={complaint?.better ?? ''} />
      <ReadField
        hideLabel={false}
        name={field('note')}
        label="In words"
        maxLength={200}
        initial={complaint?.note ?? ''}
      />
    </fieldset>
  );
}

/** A box with words to pick, which lie over what is below while it has the focus. */
function Picked({
  name,
  label,
  words,
  initial,
}: {
  name: string;
  label: string;
  words: readonly string[];
  initial: string;
}): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const pick = (word: string) => {
    const field = box.current && boxBeside(box.current, name);
    if (!field) return;
    const said = field.value
      .split(',')
      .map((one) => one.trim())
      .filter(Boolean);
    write(field, (said.includes(word) ? said.filter((one) => one !== word) : [...said, word]).join(', '));
    field.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears that the focus comes and goes
    <div
      ref={box}
      className="relative"
      onFocus={() => setOpen(true)}
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) setOpen(false);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') setOpen(false);
      }}
    >
      <ReadField hideLabel={false} name={name} label={label} maxLength={200} initial={initial} />
      {isOpen ? (
        <div className="absolute top-full right-0 z-30 mt-1 flex w-72 max-w-[calc(100vw-4rem)] flex-wrap gap-1 rounded-lg border border-border bg-surface-raised p-1.5 shadow-overlay">
          {words.map((word) => (
            <Button
              key={word}
              variant="ghost"
              size="sm"
              tabIndex={-1}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => pick(word)}
            >
              {word}
            </Button>
          ))}
        </div>
      ) : null}
    </div>
  );
}
