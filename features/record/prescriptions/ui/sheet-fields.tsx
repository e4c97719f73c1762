'use client';
import { useEffect, useMemo, useRef, useState } from 'react';
import { FormActions, SubmitButton } from '@/components/forms/action-form';
import { FormField, useField } from '@/components/forms/form-field';
import { runAction } from '@/components/forms/run-action';
import { Section } from '@/components/ui/card';
import { KeepAs } from '@/features/record/templates/ui/keep-as';
import { newRequestKey } from '@/lib/request-key';
import type { Day } from '@/lib/time';
import { savePrescriptionSetAction } from '../actions';
import { dosageText } from '../dosage';
import type { Prescription } from '../dto';
import { lineTitle, type MedicineNow, type Override, type PrescriptionLine, type Stop } from '../policy';
import { checkSafety, type Finding, type SafetyFacts } from '../safety';
import { QuickEntry } from './quick-entry';
import { copyOf, type SheetLine, setOf } from './sheet-line';
import { SheetRow } from './sheet-row';
import { SheetNow, SheetSources } from './sheet-sources';

export type SheetProps = {
  today: Day;
  /** What has been written at this visit. */
  prescription: Prescription | null;
  last: { day: Day; lines: readonly PrescriptionLine[] } | null;
  /** From other prescriptions than this one. */
  now: readonly MedicineNow[];
  sets: readonly { id: string; name: string; isOwn: boolean; lines: string }[];
  facts: SafetyFacts;
};
type SheetContent = { lines: SheetLine[]; stops: Stop[]; overrides: Override[] };

/** The fields of the sheet: they begin with what was brought back, else with what is stored. */
export function SheetFields({ today, prescription, last, now, sets, facts }: SheetProps) {
  const { kept } = useField('sheet', 'Medicines');
  const [begun] = useState(() => contentOf(kept) ?? prescription);
  const [lines, setLines] = useState<SheetLine[]>(begun?.lines ?? []);
  const [stops, setStops] = useState<Stop[]>(begun?.stops ?? []);
  const [reasons, setReasons] = useState<Record<string, string>>(
    Object.fromEntries((begun?.overrides ?? []).map(({ key, reason }) => [key, reason])),
  );
  const [requestKey, setRequestKey] = useState('');
  const sign = useRef<HTMLButtonElement>(null);
  // A key of the browser's making: the page on the server must not have another.
  useEffect(() => setRequestKey(newRequestKey()), []);

  const replaced = useMemo(() => new Set(lines.flatMap(({ replaces }) => replaces?.lineId ?? [])), [lines]);
  const findings = useMemo(() => {
    const gone = new Set([...replaced, ...stops.map(({ lineId }) => lineId)]);
    const current = now.flatMap(({ line }) =>
      gone.has(line.id) ? [] : [{ ...line, name: lineTitle(line) }],
    );
    return checkSafety(
      lines.map((line) => ({ ...line, name: lineTitle(line) })),
      facts,
      current,
    );
  }, [lines, stops, replaced, now, facts]);
  const overrides = findings
    .filter(({ severity, key }) => severity === 'stop' && reasons[key]?.trim())
    .map(({ key, sentence }) => ({ key, sentence, reason: reasons[key] ?? '' }));

  const change = (line: SheetLine) => setLines((all) => all.map((one) => (one.id === line.id ? line : one)));
  const isSigned = Boolean(prescription?.signed);
  const canSign = lines.length > 0 || stops.length > 0;
  return (
    <>
      <input type="hidden" name="requestKey" value={requestKey} />
      <SheetField value={JSON.stringify({ lines, stops, overrides })} shown={sheetText(lines, stops)} />
      {now.length > 0 ? (
        <Section title="What the patient has now" flush>
          <SheetNow
            now={now}
            stops={stops}
            replaced={replaced}
            onContinue={({ line, prescriptionId }) =>
              setLines((all) => [...all, copyOf(line, { prescriptionId, lineId: line.id })])
            }
            onStop={(stop) =>
              setStops((all) => [...all.filter(({ lineId }) => lineId !== stop.lineId), stop])
            }
            onUndo={(lineId) => setStops((all) => all.filter((one) => one.lineId !== lineId))}
          />
        </Section>
      ) : null}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a key that works in each field of the sheet */}
      <div
        className="grid gap-5"
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          sign.current?.click();
        }}
      >
        <QuickEntry today={today} onAdd={(line) => setLines((all) => [...all, line])} />
        <SheetSources
          sets={sets}
          last={last}
          today={today}
          onAdd={(added) => setLines((all) => [...all, ...added])}
        />
        {lines.length > 0 ? (
          <Section title="Prescribed" flush actions={<KeepSet lines={lines} today={today} />}>
            <ul>
              {lines.map((line) => (
                <SheetRow
                  key={line.id}
                  line={line}
                  findings={findings.filter(({ lineId }) => lineId === line.id)}
                  reasons={reasons}
                  onReason={({ key }: Finding, reason) => setReasons((all) => ({ ...all, [key]: reason }))}
                  onChange={change}
                  onRemove={() => setLines((all) => all.filter(({ id }) => id !== line.id))}
                />
              ))}
            </ul>
          </Section>
        ) : null}
        {isSigned ? (
          <FormField
            name="reason"
            label="Reason for the change"
            required
            maxLength={200}
            autoComplete="off"
          />
        ) : null}
      </div>
      <FormActions>
        <SubmitButton ref={sign} name="intent" value="sign" disabled={!canSign} pendingLabel="Signing">
          {isSigned ? 'Sign the change' : 'Sign prescription'}
        </SubmitButton>
        {isSigned ? null : (
          <SubmitButton
            name="intent"
            value="save"
            variant="secondary"
            disabled={!canSign}
            pendingLabel="Saving"
          >
            Save without signing
          </SubmitButton>
        )}
      </FormActions>
      <p className="text-[0.8125rem] text-text-subtle">Ctrl + Enter signs from anywhere on the sheet.</p>
    </>
  );
}

/** What stands on the sheet as a set of one's own, without the eyes. */
function KeepSet({ lines, today }: { lines: readonly SheetLine[]; today: Day }) {
  const keep = async (name: string): Promise<string | undefined> => {
    const set = setOf(lines, today);
    if ('problem' in set) return set.problem;
    return runAction(savePrescriptionSetAction, { name, owner: 'me', lines: set.lines });
  };
  return (
    <KeepAs
      label="Keep as a set"
      size="sm"
      title="Keep these medicines as a set"
      description="Under a name of your own, for the next patient. The eye is chosen when the set is used."
      nameLabel="Name of the set"
      confirmLabel="Keep the set"
      maxLength={80}
      keep={keep}
    />
  );
}

/** What was brought back of a sheet; null where nothing was, or it cannot be read. */
function contentOf(kept: string | undefined): SheetContent | null {
  if (!kept) return null;
  try {
    const { lines = [], stops = [], overrides = [] } = JSON.parse(kept);
    return { lines, stops, overrides };
  } catch {
    return null;
  }
}

/** A sheet as people read it, where two of them are compared. */
const sheetText = (lines: readonly SheetLine[], stops: readonly Stop[]): string =>
  [
    ...lines.map((line) => {
      const { site } = line;
      return `${lineTitle(line)}, ${site ? dosageText({ ...line, site }) : 'no eye chosen'}`;
    }),
    ...stops.map(({ name }) => `stop ${name}`),
  ].join('; ');

/** The sheet as it is posted; the form around hears of each change, and keeps it. */
function SheetField({ value, shown }: { value: string; shown: string }) {
  const input = useRef<HTMLInputElement>(null);
  const first = useRef(value);
  useEffect(() => {
    if (value !== first.current) input.current?.dispatchEvent(new Event('input', { bubbles: true }));
  }, [value]);
  return <input ref={input} type="hidden" name="sheet" value={value} data-shown={shown} readOnly />;
}
