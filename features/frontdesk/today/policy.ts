/** "Good morning" until noon and "Good evening" from five, by the organization's clock (`HH:MM`). */
export function greetingAt(time: string): string {
  const hour = Number(time.slice(0, 2));
  if (hour >= 4 && hour < 12) return 'Good morning';
  return hour >= 12 && hour < 17 ? 'Good afternoon' : 'Good evening';
}
