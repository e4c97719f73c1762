import type { ComboboxOption } from '@/components/ui/combobox';
import { paths } from '@/lib/paths';

type Found = { id: string; name: string; number: string; phone: string; born?: string };

/** Patients by name, number or phone. @throws Error when the server does not answer. */
export async function findBuyer(words: string, signal: AbortSignal): Promise<ComboboxOption[]> {
  if (!words) return [];
  const answer = await fetch(`${paths.patientSearch}?${new URLSearchParams({ q: words })}`, { signal });
  if (!answer.ok) throw new Error(`The search answered ${answer.status}`);
  const { patients } = (await answer.json()) as { patients: Found[] };
  return patients.map(({ id, name, number, phone, born }) => ({
    value: id,
    label: name,
    ...(born ? { chosen: `${name}, ${born}` } : {}),
    description: [number, born, phone].filter(Boolean).join(' · '),
  }));
}
