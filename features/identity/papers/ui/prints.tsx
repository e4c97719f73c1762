import { formatInstant } from '@/lib/time';
import type { Print } from '../queries';

/** Who has printed a paper, and when. */
export function Prints({ prints, timeZone }: { prints: readonly Print[]; timeZone: string }) {
  if (prints.length === 0) return <p className="mt-4 text-[0.8125rem] text-text-subtle">Not printed yet.</p>;
  return (
    <ul aria-label="Printed" className="mt-4 grid gap-0.5 text-[0.8125rem] text-text-subtle">
      {prints.map(({ id, byName, at }) => (
        <li key={id}>
          Printed by {byName}, {formatInstant(new Date(at), timeZone)}
        </li>
      ))}
    </ul>
  );
}
