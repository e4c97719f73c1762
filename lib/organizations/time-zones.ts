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

type ZoneOption = { value: string; label: string };

function optionOf(value: string, now: Date): ZoneOption {
  const offset = offsetOf(value, now);
  return { value, label: value === 'UTC' ? value : `${value.replaceAll('_', ' ')} (${offset})` };
}

/** Offsets change at a quarter of an hour, and four hundred of them take tens of milliseconds. */
const QUARTER_MS = 15 * 60_000;
let kept: { quarter: number; options: readonly ZoneOption[] } | undefined;

function optionsAt(now: Date): readonly ZoneOption[] {
  const quarter = Math.floor(now.getTime() / QUARTER_MS);
  if (kept?.quarter !== quarter) {
    const zones = new Set(Intl.supportedValuesOf('timeZone').map(zoneOfToday)).add('UTC');
    kept = { quarter, options: [...zones].sort().map((zone) => optionOf(zone, now)) };
  }
  return kept.options;
}

/**
 * For a select: every zone the runtime knows, with its offset now. `current` is there even under an old name.
 */
export function timeZoneOptions(current: string, now = new Date()): readonly ZoneOption[] {
  const options = optionsAt(now);
  if (options.some(({ value }) => value === current)) return options;
  return [...options, optionOf(current, now)].sort((a, b) => (a.value < b.value ? -1 : 1));
}
