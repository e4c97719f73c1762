import { paths } from '@/lib/paths';
import { EXPIRY_NOTICE_DAYS, type MedicineFilter } from '../policy';

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

/** Of what expires soon: within how many days, where that is not as it would be anyway. */
export const withinOf = (days: number): { within?: string } =>
  days === EXPIRY_NOTICE_DAYS ? {} : { within: String(days) };
