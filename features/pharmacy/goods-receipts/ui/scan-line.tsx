'use client';
import { toast } from '@/components/ui/toast';
import { findMedicine } from '@/features/pharmacy/medicines/ui/find-medicine';
import { ScanPack } from '@/features/pharmacy/medicines/ui/scan-pack';
import { codeKey, isOwnCode } from '../../supplier-products/policy';
import type { TypedLine } from '../policy';

/**
 * A scanned pack as a line with the medicine, the lot and the expiry. A pack that is not known gets its
 * medicine in the line, and is known from then on.
 */
export function ScanLine({
  supplierOf,
  onFound,
}: {
  /** Who the invoice is from: its own codes are known. */
  supplierOf: () => string;
  onFound: (line: Partial<TypedLine>) => void;
}) {
  const readOwn = async (theirCode: string) => {
    try {
      const found = await findMedicine(theirCode, undefined, supplierOf());
      const medicine = found.find(({ calledName = '' }) => codeKey(calledName) === codeKey(theirCode));
      if (!medicine) toast.success('This code is new: choose its medicine, and it is known from then on.');
      onFound({
        ...{ theirCode, medicineId: medicine?.id ?? '' },
        medicineName: medicine ? [medicine.name, medicine.strength].filter(Boolean).join(' ') : theirCode,
        ...(medicine?.unitsPerPack ? { unitsPerPack: String(medicine.unitsPerPack) } : {}),
      });
    } catch {
      toast.error('The server did not answer. Scan it once more.');
    }
  };
  return (
    <ScanPack
      onOther={(text) => {
        if (!supplierOf() || !isOwnCode(text)) return false;
        void readOwn(text);
        return true;
      }}
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
