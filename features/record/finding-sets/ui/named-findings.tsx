'use client';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { runAction } from '@/components/forms/run-action';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/select';
import { EYE_LABEL, EYES, type Eye } from '@/features/record/examinations/eyes';
import { findingField } from '@/features/record/examinations/fields';
import { FINDING_ROWS, NOT_SEEN, readFinding } from '@/features/record/examinations/finding-rows';
import { useAllRows } from '@/features/record/examinations/ui/finding-rows-group';
import { boxBeside, write } from '@/features/record/examinations/ui/sheet';
import { KeepAs } from '@/features/record/templates/ui/keep-as';
import { saveFindingSetAction } from '../actions';
import { type Found, foundField, foundInto } from '../policy';

type NamedSet = { id: string; name: string; isOwn: boolean; found: Found };
const CHOICES = [
  ...EYES.map((eye) => ({ value: eye, label: EYE_LABEL[eye] })),
  { value: 'both', label: 'Both' },
];

const boxOf = (place: RefObject<HTMLDivElement | null>, row: string, eye: Eye) =>
  place.current && boxBeside(place.current, findingField(row, eye));

/** Findings that are often written together: put into the rows of an eye by one press, or kept from them. */
export function NamedFindings({ sets }: { sets: readonly NamedSet[] }) {
  const [setId, setSetId] = useState('');
  const [eye, setEye] = useState<string>('right');
  const [coming, setComing] = useState<{ set: NamedSet; eyes: readonly Eye[] } | null>(null);
  const place = useRef<HTMLDivElement>(null);
  const showAll = useAllRows();
  const put = () => {
    const set = sets.find(({ id }) => id === setId);
    if (!set) return;
    const eyes = EYES.filter((one) => eye === 'both' || eye === one);
    // A row that the sheet leaves out is shown first.
    if (Object.keys(set.found).some((row) => !boxOf(place, row, 'right'))) showAll();
    setComing({ set, eyes });
  };
  useEffect(() => {
    if (!coming) return;
    for (const row of FINDING_ROWS) {
      const found = coming.set.found[row.key];
      for (const one of found ? coming.eyes : []) {
        const box = boxOf(place, row.key, one);
        if (!box || !found) continue;
        // A figure has one value: what is there stays.
        const replaceable = [row.normal, NOT_SEEN];
        if (!row.range || box.value.trim() === '') write(box, foundInto(box.value, found, replaceable));
      }
    }
    setComing(null);
  }, [coming]);
  return (
    // A choice here is not typed into the examination; what it writes into a row is.
    <div ref={place} className="flex flex-wrap items-end gap-2" onInput={(event) => event.stopPropagation()}>
      {sets.length > 0 ? (
        <>
          <Field label="Named findings" className="min-w-44 flex-1 sm:max-w-72">
            {(control) => (
              <Select
                {...control}
                placeholder="Choose findings"
                options={sets.map(({ id, name, isOwn }) => ({
                  value: id,
                  label: isOwn ? `${name} (mine)` : name,
                }))}
                value={setId}
                onChange={(event) => setSetId(event.target.value)}
              />
            )}
          </Field>
          <Field label="Into the eye" className="w-28">
            {(control) => (
              <Select
                {...control}
                options={CHOICES}
                value={eye}
                onChange={(event) => setEye(event.target.value)}
              />
            )}
          </Field>
          <Button disabled={!setId} onClick={put}>
            Put in
          </Button>
        </>
      ) : null}
      <KeepFindings place={place} />
    </div>
  );
}

/** What stands in the rows of an eye, kept under a name for the next patient: one's own. */
function KeepFindings({ place }: { place: RefObject<HTMLDivElement | null> }) {
  const [eye, setEye] = useState<Eye>('right');
  const keep = async (name: string): Promise<string | undefined> => {
    const found = FINDING_ROWS.flatMap((row) => {
      const text = boxOf(place, row.key, eye)?.value.trim();
      return text ? [{ row, text }] : [];
    });
    if (found.length === 0) return `Nothing is written of the ${eye} eye yet.`;
    for (const { row, text } of found) {
      const read = readFinding(row, text);
      if (typeof read !== 'string') return `${row.label}: ${read.problem}`;
    }
    const fields = Object.fromEntries(found.map(({ row, text }) => [foundField(row.key), text]));
    return runAction(saveFindingSetAction, { name, owner: 'me', ...fields });
  };
  return (
    <KeepAs
      label="Keep as named findings"
      title="Keep these findings"
      description="Under a name of your own, for the next patient. No name of a patient goes with them."
      nameLabel="Name of the findings"
      confirmLabel="Keep the findings"
      maxLength={60}
      keep={keep}
    >
      <Field label="From the eye">
        {(control) => (
          <Select
            {...control}
            options={CHOICES.slice(0, 2)}
            value={eye}
            onChange={(event) => setEye(event.target.value === 'left' ? 'left' : 'right')}
          />
        )}
      </Field>
    </KeepAs>
  );
}
