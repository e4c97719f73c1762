'use client';
import { useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useFormState } from '@/components/forms/form-context';
import { FormCheckbox, FormField, FormSelect } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { optionsOf } from '@/components/ui/select';
import { itemField, nothingField } from '../fields';
import { HISTORY_PARTS, HISTORY_SIDES, type HistoryEntry, type HistoryPart, MOST_ITEMS } from '../policy';

const numbers = Array.from({ length: MOST_ITEMS }, (_, index) => index + 1);

/** One part of the history: chips or words, or that there is nothing. */
export function PartFields({
  part,
  items,
}: {
  part: HistoryPart;
  items: readonly HistoryEntry[] | undefined;
}) {
  const { label, choices, hasEye, note } = HISTORY_PARTS[part];
  const { valueFor } = useFormState();
  const box = useRef<HTMLFieldSetElement>(null);
  const [count, setCount] = useState(() => {
    const kept = numbers.findLast((index) => valueFor(itemField(part, index, 'what'))) ?? 0;
    return Math.max(items?.length ?? 0, kept);
  });
  const fieldOf = (index: number) => {
    const found = box.current?.form?.elements.namedItem(itemField(part, index, 'what'));
    return found instanceof HTMLInputElement ? found : null;
  };
  const add = (word: string) => {
    const shown = numbers.slice(0, count);
    if (word && shown.some((index) => fieldOf(index)?.value === word)) return;
    const free = shown.find((index) => fieldOf(index)?.value.trim() === '');
    if (!free && count === MOST_ITEMS) return;
    if (!free) flushSync(() => setCount(count + 1));
    const field = fieldOf(free ?? count + 1);
    if (!field) return;
    field.focus();
    if (!word) return;
    field.value = word;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  };
  return (
    <fieldset ref={box} className="grid min-w-0 gap-2">
      <legend className="mb-1 font-medium text-sm text-text">{label}</legend>
      <datalist id={`history-${part}`}>
        {choices.map((text) => (
          <option key={text} value={text} />
        ))}
      </datalist>
      {numbers.slice(0, count).map((index) => {
        const item = items?.[index - 1];
        return (
          <fieldset
            key={index}
            className="grid min-w-0 grid-cols-2 gap-2 border-border border-b pb-3 sm:grid-cols-[repeat(auto-fit,minmax(8rem,1fr))] sm:border-0 sm:pb-0"
          >
            <legend className="sr-only">
              {label} {index}
            </legend>
            <FormField
              name={itemField(part, index, 'what')}
              label={label}
              list={`history-${part}`}
              autoComplete="off"
              maxLength={80}
              defaultValue={item?.what ?? ''}
            />
            {hasEye ? (
              <FormSelect
                name={itemField(part, index, 'side')}
                label="Eye"
                placeholder="Not said"
                options={optionsOf(HISTORY_SIDES)}
                defaultValue={item?.side ?? ''}
              />
            ) : null}
            <FormField
              name={itemField(part, index, 'since')}
              label={part === 'surgical' ? 'When' : 'Since'}
              autoComplete="off"
              maxLength={40}
              placeholder="2019, 10 years"
              defaultValue={item?.since ?? ''}
            />
            <FormField
              name={itemField(part, index, 'note')}
              label={note}
              autoComplete="off"
              maxLength={200}
              defaultValue={item?.note ?? ''}
            />
          </fieldset>
        );
      })}
      <div className="flex flex-wrap items-center gap-1">
        <Button size="sm" aria-label={`Add to ${label.toLowerCase()}`} onClick={() => add('')}>
          <Icon of="plus" /> Add
        </Button>
        {/* Not on the way of the keyboard: the box of each row proposes the same words. */}
        {choices.map((word) => (
          <Button key={word} variant="ghost" size="sm" tabIndex={-1} onClick={() => add(word)}>
            {word}
          </Button>
        ))}
      </div>
      <FormCheckbox
        name={nothingField(part)}
        label={`${label}: nothing to report`}
        defaultChecked={items?.length === 0}
      />
    </fieldset>
  );
}
