'use client';
import { toast } from '@/components/ui/toast';
import { ScanPack } from '@/features/pharmacy/medicines/ui/scan-pack';
import type { TypedLine } from '../policy';

/**
 * A scanned pack as a line with the medicine, the lot and the expiry. A pack that is not known gets its
 * medicine in the line, and is known from then on.
 */
export function ScanLine({ onFound }: { onFound: (line: Partial<TypedLine>) => void }) {
  return (
    <ScanPack
      onRead={({ gtin, lotNumber = '', expiresOn = '' }, medicine) => {
        if (!medicine) toast.success('This pack is new: choose its medicine, and it is known from then on.');
        onFound({
          ...{ lotNumber, expiresOn },
          ...(gtin ? { gtin } : {}),
          ...(medicine
            ? {
                medicineId: medicine.id,
                medicineName: [medicine.name, medicine.strength].filter(Boolean).join(' '),
                ...(medicine.unitsPerPack ? { unitsPerPack: String(medicine.unitsPerPack) } : {}),
              }
            : {}),
        });
      }}
    />
  );
}
