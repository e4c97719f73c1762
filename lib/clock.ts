// Wall-clock times as text, `HH:MM`; instants come from lib/wall-clock.ts.

/** Minutes since midnight of a wall-clock time `HH:MM`. */
export function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

/** A time as people type it, on the clock of 24 hours: "9:30", "930", "9.30", "2:30 pm"; else null. */
export function readTime(typed: string): string | null {
  const found = /^(\d{1,2})(?:[:.\s]?([0-5]\d))?\s*([ap])?\.?(?:m\.?)?$/i.exec(typed.trim());
  if (!found) return null;
  const [, hour = '', minutes = '00', half = ''] = found;
  const isOfTwelve = half !== '';
  if (isOfTwelve && (Number(hour) < 1 || Number(hour) > 12)) return null;
  const hours = isOfTwelve ? (Number(hour) % 12) + (half.toLowerCase() === 'p' ? 12 : 0) : Number(hour);
  return hours > 23 ? null : `${String(hours).padStart(2, '0')}:${minutes}`;
}

/** `HH:MM` of minutes since midnight. */
export const clockOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
