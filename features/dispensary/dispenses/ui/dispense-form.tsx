'use client';
import { useEffect, useRef, useState } from 'react';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { Section } from '@/components/ui/card';
import { toast } from '@/components/ui/toast';
import type { PackCode } from '@/features/pharmacy/medicines/gs1';
import { usableQuantity } from '@/features/pharmacy/medicines/policy';
import { type FoundMedicine, findMedicine } from '@/features/pharmacy/medicines/ui/find-medicine';
import { LearnPack } from '@/features/pharmacy/medicines/ui/learn-pack';
import { ScanPack } from '@/features/pharmacy/medicines/ui/scan-pack';
import {
  type Dispensed,
  lineTitle,
  owedOf,
  type PrescriptionLine,
} from '@/features/record/prescriptions/policy';
import type { Finding } from '@/features/record/prescriptions/safety';
import type { FormAction } from '@/lib/action-result';
import { isPiecesSaid, readPieces } from '@/lib/pieces';
import type { Day } from '@/lib/time';
import { dispensePrescriptionAction } from '../actions';
import type { Dispense } from '../dto';
import type { Shelf } from '../queries';
import { lineOfLot, matchScan, type ScanMatch } from '../scan';
import { DispenseRow, type RowState } from './dispense-row';

const NOTHING_SAID = {
  isTyped: false,
  batchId: null,
  isScanned: false,
  medicine: null,
  isRefused: false,
  reason: '',
  agreedWith: '',
  overrideReason: '',
};
const schema = async () => (await import('../schema')).dispensePrescriptionInput;

/** What is given now of a prescription: all that is owed and on the shelf, unless somebody changes it. */
export function DispenseForm({
  prescriptionId,
  version,
  lines,
  dispensed,
  shelves,
  storeId,
  dangers,
  today,
}: {
  prescriptionId: string;
  version: number;
  lines: readonly PrescriptionLine[];
  dispensed: Dispensed;
  shelves: readonly Shelf[];
  /** That the shelves are of. */
  storeId: string;
  /** What forbids to give a line without a reason. */
  dangers: readonly Finding[];
  today: Day;
}) {
  const open = lines.filter((line) => owedOf(line, dispensed) > 0);
  const [rows, setRows] = useState<Record<string, RowState>>(() =>
    Object.fromEntries(
      open.map((line) => {
        const shelf = shelves.find(({ medicineId }) => medicineId === line.medicineId);
        const usable = shelf ? usableQuantity(shelf.lots, today) : 0;
        return [line.id, { ...NOTHING_SAID, quantity: String(Math.min(owedOf(line, dispensed), usable)) }];
      }),
    ),
  );
  const [unknown, setUnknown] = useState<(PackCode & { gtin: string }) | null>(null);
  const [requestKey, setRequestKey] = useState('');
  const first = useRef<HTMLButtonElement>(null);
  // A key of the browser's making: the page on the server must not have another.
  useEffect(() => setRequestKey(crypto.randomUUID()), []);
  useEffect(() => first.current?.focus(), []);

  // Said here and not by the form: what is given takes the form off the page.
  const dispense: FormAction<Dispense> = async (previous, form) => {
    const result = await dispensePrescriptionAction(previous, form);
    if (result.status !== 'ok') return result;
    const { message, ...rest } = result;
    if (message) toast.success(message);
    return rest;
  };
  const posted = open.map(({ id }) => {
    const row = rows[id];
    return {
      lineId: id,
      quantity: row?.quantity ?? '',
      ...(row?.medicine ? { medicineId: row.medicine.value } : {}),
      ...(row?.batchId && !row.medicine ? { batchId: row.batchId } : {}),
      ...(row?.agreedWith ? { agreedWith: row.agreedWith } : {}),
      ...(row?.overrideReason ? { overrideReason: row.overrideReason } : {}),
      ...(row?.isRefused ? { isRefused: true } : {}),
      ...(row?.reason ? { notDispensedReason: row.reason } : {}),
    };
  });
  const takeScan = (match: ScanMatch) => {
    if ('problem' in match) {
      toast.error(match.problem);
      return;
    }
    const { lineId, title, lot, substitute } = match;
    const line = open.find(({ id }) => id === lineId);
    setRows((all) => {
      const row = all[lineId];
      if (!row || !line) return all;
      const wanted = readPieces(row.quantity) || owedOf(line, dispensed);
      // What nobody has typed follows the lot in the hand; what was typed stays.
      const fits = lot && !row.isTyped ? Math.min(wanted, lot.quantity) : wanted;
      const label = substitute ? [substitute.name, substitute.strength].filter(Boolean).join(' ') : '';
      return {
        ...all,
        [lineId]: {
          ...row,
          ...{ isScanned: true, isRefused: false, reason: '', batchId: lot?.id ?? null },
          quantity: String(fits),
          medicine: substitute ? { value: substitute.id, label } : null,
        },
      };
    });
    toast.success(`${title}${lot ? `, lot ${lot.lotNumber}` : ''} is scanned.`);
  };
  const scan = (code: PackCode, medicine: FoundMedicine | null) => {
    if (medicine) takeScan(matchScan(code, medicine, open, shelves, today));
    else if (code.gtin) setUnknown({ ...code, gtin: code.gtin });
    else toast.error('This code names no medicine. Scan the one with the number of the pack.');
  };
  const scanLot = (text: string): boolean => {
    const hit = lineOfLot(text, open, shelves);
    if (hit)
      takeScan({
        ...{ lineId: hit.line.id, title: lineTitle(hit.line), lot: hit.lot, substitute: null, earlier: null },
      });
    return hit !== null;
  };
  const isNothing = posted.every(({ quantity, isRefused }) => !isPiecesSaid(quantity) && !isRefused);
  return (
    <ActionForm action={dispense} schema={schema} label="Dispense">
      <input type="hidden" name="prescriptionId" value={prescriptionId} />
      <input type="hidden" name="version" value={version} />
      <input type="hidden" name="storeId" value={storeId} />
      <input type="hidden" name="requestKey" value={requestKey} />
      <input type="hidden" name="lines" value={JSON.stringify(posted)} />
      <Section title="To be given" flush actions={<ScanPack onRead={scan} onOther={scanLot} />}>
        <ol>
          {open.map((line) => {
            const row = rows[line.id];
            if (!row) return null;
            return (
              <DispenseRow
                key={line.id}
                line={line}
                owed={owedOf(line, dispensed)}
                shelf={shelves.find(({ medicineId }) => medicineId === line.medicineId) ?? null}
                dangers={dangers.filter(({ lineId }) => lineId === line.id)}
                today={today}
                row={row}
                onChange={(changed) =>
                  setRows((all) => {
                    const before = all[line.id];
                    return before ? { ...all, [line.id]: { ...before, ...changed } } : all;
                  })
                }
              />
            );
          })}
        </ol>
      </Section>
      <FormActions>
        <SubmitButton ref={first} disabled={isNothing} pendingLabel="Dispensing">
          Dispense
        </SubmitButton>
      </FormActions>
      <LearnPack
        gtin={unknown?.gtin ?? null}
        onClose={() => setUnknown(null)}
        onLearned={async (gtin) => {
          const code = unknown;
          setUnknown(null);
          const [medicine] = await findMedicine(gtin);
          if (code && medicine) scan(code, medicine);
        }}
      />
    </ActionForm>
  );
}
