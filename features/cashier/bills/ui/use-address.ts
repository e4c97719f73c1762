'use client';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useEffect } from 'react';

/** Keeps choices in the address: prices and taxes come from the server again, and what was typed stays. */
export function useAddress(wanted: Record<string, string>): void {
  const router = useRouter();
  const pathname = usePathname();
  const search = useSearchParams();
  const next = new URLSearchParams(search);
  for (const [name, value] of Object.entries(wanted)) {
    if (value) next.set(name, value);
    else next.delete(name);
  }
  const address = `${pathname}?${next}`;
  const isHere = next.toString() === search.toString();
  useEffect(() => {
    if (!isHere) router.replace(address, { scroll: false });
  }, [router, address, isHere]);
}
