'use client';
import { clsx } from 'clsx';
import { createContext, type KeyboardEvent, type ReactNode, use, useRef, useState } from 'react';
import { useFormState } from '@/components/forms/form-context';
import { Button } from '@/components/ui/button';
import { EYE_LABEL, EYES, type Eye } from '../eyes';
import { findingField } from '../fields';
import { type FindingRow, type Findings, findingAsUnderstood, NOT_SEEN, readFinding } from '../finding-rows';
import { rowsWith, type SheetLayout, WHOLE_SHEET } from '../sheet-layout';
import { boxBeside, EyeColumns, Group, ReadField, Row, write } from './sheet';
import { useShown } from './use-shown';

const AllRows = createContext<() => void>(() => undefined);
/** For what stands beside the rows: shows those too that the sheet leaves out. */
export const useAllRows = (): (() => void) => use(AllRows);

const other = (eye: Eye): Eye => (eye === 'right' ? 'left' : 'right');

/** The eye from front to back: words are picked or typed. n is normal, x not seen, = as the other eye. */
export function FindingRowsGroup({
  rows,
  before,
  layout = WHOLE_SHEET,
  beside,
}: {
  rows: Findings;
  before: Findings;
  layout?: SheetLayout;
  /** What else writes into the rows. */
  beside?: ReactNode;
}) {
  const { valueFor } = useFormState();
  const [isWhole, setWhole] = useState(false);
  const hasValue = ({ key }: FindingRow) =>
    EYES.some((eye) => rows[key]?.[eye] ?? valueFor(findingField(key, eye)));
  const all = rowsWith(layout);
  const named = isWhole ? WHOLE_SHEET.rows : layout.rows;
  const shown = useShown(all, ({ key }) => key, named, hasValue);
  const box = useRef<HTMLDivElement>(null);
  const normalAll = (eye: Eye) => {
    for (const row of shown) {
      const field = box.current && boxBeside(box.current, findingField(row.key, eye));
      if (field && field.value.trim() === '' && row.normal) write(field, row.normal);
    }
  };
  const copyLeft = () => {
    for (const { key } of shown) {
      const from = box.current && boxBeside(box.current, findingField(key, 'right'));
      const to = box.current && boxBeside(box.current, findingField(key, 'left'));
      if (from?.value && to && to.value.trim() === '') write(to, from.value);
    }
  };
  return (
    <Group
      legend="Eye, front to back"
      aside={
        <span className="flex flex-wrap justify-end gap-1 font-normal">
          {EYES.map((eye) => (
            <Button
              key={eye}
              variant="link"
              size="sm"
              aria-label={`The rest of the ${eye} eye is normal`}
              onClick={() => normalAll(eye)}
            >
              {EYE_LABEL[eye]} normal
            </Button>
          ))}
          <Button variant="link" size="sm" aria-label="Left as right where it is empty" onClick={copyLeft}>
            Left as right
          </Button>
        </span>
      }
      last={
        <p className="text-[0.8125rem] text-text-subtle">
          In a row: n for normal, x when it could not be seen, = for the same as the other eye.
        </p>
      }
    >
      {beside ? <AllRows value={() => setWhole(true)}>{beside}</AllRows> : null}
      <div ref={box}>
        <EyeColumns hasRows>
          {(eye) =>
            shown.map((row) => (
              <FindingField
                key={row.key}
                row={row}
                eye={eye}
                initial={rows[row.key]?.[eye] ?? ''}
                before={before[row.key]?.[eye] ?? null}
              />
            ))
          }
        </EyeColumns>
      </div>
      {shown.length < all.length ? (
        <div>
          <Button size="sm" onClick={() => setWhole(true)}>
            Show all rows
          </Button>
        </div>
      ) : null}
    </Group>
  );
}

function FindingField({
  row,
  eye,
  initial,
  before,
}: {
  row: FindingRow;
  eye: Eye;
  initial: string;
  before: string | null;
}) {
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState(initial);
  const box = useRef<HTMLDivElement>(null);
  const name = findingField(row.key, eye);
  const pick = (word: string) => {
    const field = box.current && boxBeside(box.current, name);
    if (!field) return;
    const isReplaced = [row.normal, NOT_SEEN, ''].includes(field.value.trim());
    write(field, isReplaced ? word : `${field.value.trim()}, ${word}`);
    setTyped(field.value);
    field.focus();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Escape') setOpen(false);
    if (event.key !== '=' || event.currentTarget.value.trim() !== '') return;
    event.preventDefault();
    const same = boxBeside(event.currentTarget, findingField(row.key, other(eye)));
    if (same?.value) write(event.currentTarget, same.value);
  };
  const isChanged = before !== null && typed.trim() !== '' && typed.trim() !== before;
  return (
    <Row label={row.label}>
      {/* The picks lie over the rows below: nothing jumps while somebody goes through them. */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it only hears that the focus comes and goes */}
      <div
        ref={box}
        className="relative"
        onFocus={() => setOpen(true)}
        onBlur={({ currentTarget, relatedTarget }) => {
          if (!currentTarget.contains(relatedTarget)) setOpen(false);
        }}
      >
        <ReadField
          name={name}
          label={`${EYE_LABEL[eye]} eye, ${row.label.toLowerCase()}`}
          inputMode={row.range ? 'decimal' : 'text'}
          initial={initial}
          maxLength={200}
          placeholder={before ? `Last: ${before}` : undefined}
          className={isChanged ? 'border-warning' : undefined}
          understood={(text) => {
            const read = readFinding(row, text);
            return typeof read === 'string' ? read : findingAsUnderstood(row, text);
          }}
          onType={setTyped}
          onKeyDown={onKeyDown}
        />
        {isChanged ? <p className="text-[0.8125rem] text-text-subtle">Last time: {before}</p> : null}
        {isOpen && row.picks.length > 0 ? (
          <div
            className={clsx(
              'absolute top-full z-30 mt-1 flex w-88 max-w-[calc(100vw-4rem)] flex-wrap gap-1 rounded-lg border border-border bg-surface-raised p-1.5 shadow-overlay',
              eye === 'left' ? 'right-0' : 'right-0 md:right-auto md:left-0',
            )}
          >
            {[row.normal, ...row.picks, NOT_SEEN].filter(Boolean).map((word) => (
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
    </Row>
  );
}
