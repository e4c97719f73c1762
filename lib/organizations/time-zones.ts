// Runtimes list some zones under the name they had decades ago; people look for today's.
const RENAMED: Record<string, string> = {
  'Africa/Asmera': 'Africa/Asmara',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Godthab': 'America/Nuuk',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Truk': 'Pacific/Chuuk',
};

/** The name that people look for, where the browser has an old one. */
export const zoneOfToday = (zone: string): string => RENAMED[zone] ?? zone;

const offsetOf = (timeZone: string, now: Date): string =>
  new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
    .formatToParts(now)
    .find(({ type }) => type === 'timeZoneName')
    ?.value.replace('GMT', 'UTC') ?? '';

/**
 * For a select: every zone the runtime knows, with its offset now. `current` is there even under an old name.
 */
export function timeZoneOptions(current: string, now = new Date()): { value: string; label: string }[] {
  const zones = new Set(Intl.supportedValuesOf('timeZone').map(zoneOfToday));
  zones.add('UTC');
  zones.add(current);
  return [...zones].sort().map((value) => {
    const offset = offsetOf(value, now);
    return { value, label: value === 'UTC' ? value : `${value.replaceAll('_', ' ')} (${offset})` };
  });
}
