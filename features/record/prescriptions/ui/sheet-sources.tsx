'use client';
import { useState } from 'react';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { toast } from '@/components/ui/toast';
import { type Day, formatDay } from '@/lib/time';
import { dosageText, SITES, type Site } from '../dosage';
import { lineTitle, type MedicineNow, type PrescriptionLine, type Stop } from '../policy';
import { copyOf, linesOfSet, type SheetLine } from './sheet-line';

const eyes = (['right', 'left', 'both'] as const).map((value) => ({ value, label: SITES[value] }));

/** One's own sets, those of the hospital, and what was prescribed the last time. */
export function SheetSources({
  sets,
  last,
  today,
  onAdd,
}: {
  sets: readonly { id: string; name: string; isOwn: boolean; lines: string }[];
  last: { day: Day; lines: readonly PrescriptionLine[] } | null;
  today: Day;
  onAdd: (lines: SheetLine[]) => void;
}) {
  const [setId, setSetId] = useState('');
  const [eye, setEye] = useState('');
  const [isPending, setPending] = useState(false);
  /** Lines of the set that nobody can read: said until the next one is added. */
  const [left, setLeft] = useState<readonly string[]>([]);
  const addSet = async () => {
    const set = sets.find(({ id }) => id === setId);
    if (!set) return;
    setPending(true);
    try {
      const { lines, problems } = await linesOfSet(set.lines, (eye || undefined) as Site | undefined, today);
      onAdd(lines);
      setLeft(problems);
      setSetId('');
    } catch {
      toast.error('The formulary did not answer. Please try again.');
    } finally {
      setPending(false);
    }
  };
  return (
    <div className="flex flex-wrap items-end gap-3">
      {sets.length > 0 ? (
        <>
          <Field label="Set" className="min-w-44 flex-1">
            {(control) => (
              <Select
                {...control}
                placeholder="Choose a set"
                options={sets.map(({ id, name, isOwn }) => ({
                  value: id,
                  label: isOwn ? `${name} (mine)` : name,
                }))}
                value={setId}
                onChange={(event) => setSetId(event.target.value)}
              />
            )}
          </Field>
          <Field label="Eye of the set" className="min-w-36">
            {(control) => (
              <Select
                {...control}
                placeholder="Choose later"
                options={eyes}
                value={eye}
                onChange={(event) => setEye(event.target.value)}
              />
            )}
          </Field>
          <Button disabled={!setId} pending={isPending} onClick={() => void addSet()}>
            Add the set
          </Button>
        </>
      ) : null}
      {last && last.lines.length > 0 ? (
        <Button onClick={() => onAdd(last.lines.map((line) => copyOf(line)))}>
          As last time, {formatDay(last.day)}
        </Button>
      ) : null}
      {left.length > 0 ? (
        <Alert tone="warning" live title="Not all of the set is on the sheet" className="basis-full">
          {left.map((problem) => (
            <p key={problem}>{problem}</p>
          ))}
        </Alert>
      ) : null}
    </div>
  );
}

/** What the patient has now, to be continued, changed or stopped. */
export function SheetNow({
  now,
  stops,
  replaced,
  onContinue,
  onStop,
  onUndo,
}: {
  now: readonly MedicineNow[];
  stops: readonly Stop[];
  /** Keys of lines that the sheet continues. */
  replaced: ReadonlySet<string>;
  onContinue: (one: MedicineNow) => void;
  onStop: (stop: Stop) => void;
  onUndo: (lineId: string) => void;
}) {
  return (
    <ul className="grid">
      {now.map((one) => {
        const { line, prescriptionId, until } = one;
        const stop = stops.find(({ lineId }) => lineId === line.id);
        const title = lineTitle(line);
        return (
          <li key={line.id} className="grid gap-2 border-border border-b px-4 py-2.5 last:border-b-0 sm:px-5">
            <div className="flex flex-wrap items-start justify-between gap-2">
              <p className="min-w-0 flex-1 text-sm text-text-muted">
                <span className="font-medium text-text">{title}</span>, {dosageText(line)}.{' '}
                {until ? `Until ${formatDay(until)}.` : 'Ongoing.'}
              </p>
              {replaced.has(line.id) ? (
                <span className="text-[0.8125rem] text-text-subtle">On the sheet</span>
              ) : stop ? (
                <Button size="sm" aria-label={`Do not stop ${title}`} onClick={() => onUndo(line.id)}>
                  Undo
                </Button>
              ) : (
                <span className="flex gap-1">
                  <Button
                    size="sm"
                    aria-label={`Continue or change ${title}`}
                    onClick={() => onContinue(one)}
                  >
                    Continue
                  </Button>
                  <Button
                    size="sm"
                    aria-label={`Stop ${title}`}
                    onClick={() => onStop({ prescriptionId, lineId: line.id, name: title, reason: '' })}
                  >
                    Stop
                  </Button>
                </span>
              )}
            </div>
            {stop ? (
              <Field label={`Why ${title} is stopped`}>
                {(control) => (
                  <Input
                    {...control}
                    maxLength={200}
                    list="stop-reasons"
                    autoFocus
                    value={stop.reason}
                    onChange={(event) => onStop({ ...stop, reason: event.target.value })}
                  />
                )}
              </Field>
            ) : null}
          </li>
        );
      })}
      <datalist id="stop-reasons">
        {['Course complete', 'Allergy', 'Intolerance', 'No effect', 'Side effects'].map((reason) => (
          <option key={reason} value={reason} />
        ))}
      </datalist>
    </ul>
  );
}
