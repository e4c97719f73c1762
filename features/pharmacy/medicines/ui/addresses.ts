import { paths } from '@/lib/paths';
import type { MedicineFilter } from '../policy';

/** The address of the list; what is as it would be anyway is left out. */
export function medicinesHref(
  query: { q?: string; show?: MedicineFilter } & Record<string, string | undefined>,
): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value && !(key === 'show' && value === 'all')) params.set(key, value);
  }
  return params.size > 0 ? `${paths.medicines}?${params}` : paths.medicines;
}
