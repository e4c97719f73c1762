'use client';
import { ScanBarcode } from 'lucide-react';
import { useState } from 'react';
import { Input } from '@/components/ui/input';
import { toast } from '@/components/ui/toast';
import { readPackCode } from '@/features/pharmacy/medicines/gs1';
import { findMedicine } from '@/features/pharmacy/medicines/ui/find-medicine';
import type { TypedLine } from '../schema';

/**
 * Takes what a scanner types, up to its Enter: a line with the medicine, the lot and the expiry. A pack that
 * is not known gets its medicine in the line, and is known from then on.
 */
export function ScanPack({ onFound }: { onFound: (line: Partial<TypedLine>) => void }) {
  const [typed, setTyped] = useState('');
  const read = async () => {
    const found = readPackCode(typed, new Date().getFullYear());
    if ('problem' in found) {
      toast.error(found.problem);
      return;
    }
    const { gtin, lotNumber = '', expiresOn = '' } = found.code;
    setTyped('');
    const [medicine] = gtin ? await findMedicine(gtin) : [];
    if (!medicine) toast.success('This pack is new: choose its medicine, and it is known from then on.');
    onFound({
      ...{ lotNumber, expiresOn },
      ...(gtin ? { gtin } : {}),
      ...(medicine
        ? {
            medicineId: medicine.id,
            medicineName: [medicine.name, medicine.strength].filter(Boolean).join(' '),
          }
        : {}),
    });
  };
  return (
    <div className="relative w-56">
      <ScanBarcode
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-text-subtle"
      />
      <Input
        aria-label="Scan a pack"
        placeholder="Scan a pack"
        autoComplete="off"
        className="pl-8"
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          // A scanner ends with Enter: the invoice is not finished by that.
          event.preventDefault();
          if (typed.trim()) void read();
        }}
      />
    </div>
  );
}
