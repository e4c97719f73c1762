'use client';
import { useEffect, useState } from 'react';
import { toast } from '@/components/ui/toast';
import type { PackCode } from '@/features/pharmacy/medicines/gs1';
import type { FoundMedicine } from '@/features/pharmacy/medicines/ui/find-medicine';
import { readPieces } from '@/lib/pieces';
import { type Day, formatDay } from '@/lib/time';
import type { SaleShelf } from '../queries';
import { readShelf, type SaleLine } from './sale-lines';

/** The typed lines of a draft that was brought back; what is on the shelf is read again. */
function keptLines(kept: string | undefined): SaleLine[] {
  if (!kept) return [];
  try {
    return (JSON.parse(kept) as (Omit<SaleLine, 'batchId'> & { batchId?: string })[]).map(
      ({ medicineId, name = '', quantity, batchId }) => ({
        ...{ medicineId, name, quantity: String(quantity || ''), batchId: batchId ?? null, shelf: null },
      }),
    );
  } catch {
    return [];
  }
}

/** The lines of a sale, what the shelf has of each, and what a scan does to them. */
export function useSaleLines(kept: string | undefined, today: Day, storeId: string) {
  const [lines, setLines] = useState<SaleLine[]>(() => keptLines(kept));
  const put = (shelf: SaleShelf) =>
    setLines((all) =>
      all.map((line) => (line.medicineId === shelf.medicineId ? { ...line, shelf, name: shelf.name } : line)),
    );
  const look = async (medicineId: string): Promise<SaleShelf | null> => {
    try {
      const shelf = await readShelf(medicineId, storeId);
      put(shelf);
      return shelf;
    } catch {
      toast.error('The shelf could not be read. Check the connection and add it again.');
      return null;
    }
  };
  const lookAgain = () => {
    for (const medicineId of new Set(lines.map((line) => line.medicineId))) void look(medicineId);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, for what a draft brought back
  useEffect(lookAgain, []);

  const add = (medicine: { id: string; name: string }, pieces = 1, batchId: string | null = null) => {
    setLines((all) => {
      const at = all.findIndex((line) => line.medicineId === medicine.id && line.batchId === batchId);
      if (at < 0)
        return [
          ...all,
          { medicineId: medicine.id, name: medicine.name, quantity: String(pieces), batchId, shelf: null },
        ];
      return all.map((line, index) =>
        index === at ? { ...line, quantity: String((readPieces(line.quantity) ?? 0) + pieces) } : line,
      );
    });
    void look(medicine.id);
  };

  /** A scanned pack of a known medicine: one more of it, of the lot that the code names. */
  const addScanned = async ({ lotNumber, expiresOn }: PackCode, found: FoundMedicine) => {
    const name = [found.name, found.strength].filter(Boolean).join(' ');
    if (expiresOn && expiresOn < today) {
      toast.error(`This pack of ${name} has expired on ${formatDay(expiresOn)}. Take it off the shelf.`);
      return;
    }
    const shelf = lotNumber ? await look(found.id) : null;
    const lot = shelf?.lots.find((one) => one.lotNumber.toLowerCase() === lotNumber?.toLowerCase());
    if (shelf && lotNumber && !lot) {
      toast.error(
        `Lot ${lotNumber} of ${name} is not for sale here: it stands in another store, is held, or was never taken into stock.`,
      );
      return;
    }
    add({ id: found.id, name }, found.unitsPerPack ?? 1, lot?.id ?? null);
  };
  return { lines, setLines, add, addScanned, lookAgain };
}
