import { clsx } from 'clsx';

/** A letter with what is written above and below it: half of a sign would not be one. */
const firstLetter = (word: string): string => (word.match(/\p{L}\p{M}*/u)?.[0] ?? '').toUpperCase();

/** Initials of a name; decorative, the name stands beside it. */
export function Avatar({
  name,
  size = 'md',
  className,
}: {
  name: string;
  size?: 'sm' | 'md' | 'lg';
  className?: string;
}) {
  const words = name
    .trim()
    .split(/\s+/)
    .filter((word) => !/^(dr|mr|mrs|ms|prof)\.?$/i.test(word) && firstLetter(word));
  const letters = [words[0], words.length > 1 ? words.at(-1) : ''].map((word) => firstLetter(word ?? ''));
  return (
    <span
      aria-hidden="true"
      className={clsx(
        'grid shrink-0 select-none place-items-center rounded-full bg-accent-soft font-semibold text-accent',
        size === 'sm' ? 'size-6 text-[0.625rem]' : size === 'lg' ? 'size-11 text-sm' : 'size-8 text-xs',
        className,
      )}
    >
      {letters.join('') || '?'}
    </span>
  );
}
