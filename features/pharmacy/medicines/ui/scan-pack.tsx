'use client';
import { useEffect, useRef, useState } from 'react';
import { Icon } from '@/components/ui/icon';
import { Input } from '@/components/ui/input';
import { toast } from '@/components/ui/toast';
import { type PackCode, readPackCode, withoutSign } from '../gs1';
import { readLotCode } from '../lot-code';
import { CameraScan } from './camera-scan';
import { type FoundMedicine, findMedicine } from './find-medicine';

/** What a code begins with: a number, the sign of its kind, or an own label; none of them is a shortcut. */
const BEGINS_CODE = /^[\d\](c]$/;

/** Whether what is typed there is for nobody: a button, or the page itself. */
const isNobodys = (at: Element | null): boolean =>
  !at?.closest(
    'input, textarea, select, [contenteditable], [role="dialog"], [role="menu"], [role="combobox"]',
  );

/**
 * Takes what a scanner types, up to its Enter, and says which medicine is in the pack; null for a pack whose
 * number nobody has noted yet. Other codes may be the lot as the maker prints it.
 */
export function ScanPack({
  onRead,
  onOther,
  autoFocus = false,
}: {
  onRead: (code: PackCode, medicine: FoundMedicine | null) => void;
  /** For a code of another kind; returns whether it meant anything. */
  onOther?: (text: string) => boolean;
  autoFocus?: boolean;
}) {
  const [typed, setTyped] = useState('');
  const input = useRef<HTMLInputElement>(null);
  // A pack that is scanned while a button has the focus would press it with its Enter.
  useEffect(() => {
    const takeStray = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || !BEGINS_CODE.test(event.key)) return;
      if (isNobodys(document.activeElement)) input.current?.focus();
    };
    document.addEventListener('keydown', takeStray);
    return () => document.removeEventListener('keydown', takeStray);
  }, []);
  const readOwn = async (text: string) => {
    try {
      const [medicine] = await findMedicine(text);
      if (medicine?.lot) onRead(medicine.lot, medicine);
      else toast.error('Nothing in stock bears this label. It may be of another hospital.');
    } catch {
      toast.error('The server did not answer. Scan it once more.');
    }
  };
  const read = async (scanned: string) => {
    const text = withoutSign(scanned);
    if (readLotCode(text)) {
      setTyped('');
      await readOwn(text.trim());
      return;
    }
    const found = readPackCode(text, new Date().getFullYear());
    if ('problem' in found) {
      if (onOther?.(text.trim())) setTyped('');
      else toast.error(found.problem);
      return;
    }
    const { gtin } = found.code;
    setTyped('');
    try {
      const [medicine] = gtin ? await findMedicine(gtin) : [];
      onRead(found.code, medicine ?? null);
    } catch {
      toast.error('The server did not answer. Scan it once more.');
    }
  };
  return (
    <div className="flex gap-2 max-sm:w-full">
      <div className="relative w-56 max-sm:w-full">
        <Icon
          of="scan-barcode"
          className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-text-subtle"
        />
        <Input
          ref={input}
          aria-label="Scan a pack"
          placeholder="Scan a pack"
          autoComplete="off"
          autoFocus={autoFocus}
          className="pl-8"
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            // A scanner ends with Enter: what is around it is not finished by that, but by Ctrl and Enter.
            event.preventDefault();
            if (typed.trim()) void read(typed);
            else if (event.ctrlKey || event.metaKey) event.currentTarget.form?.requestSubmit();
          }}
        />
      </div>
      <CameraScan onCode={(text) => void read(text)} />
    </div>
  );
}
