import { cn } from './cn';

export function Avatar({ name, className }: { name: string; className?: string }) {
  const words = name.split(/\s+/).filter(Boolean);
  const initials = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => word?.[0] ?? '').join('');
  return (
    <span aria-hidden className={cn('grid size-8 shrink-0 place-items-center rounded-full bg-accent-soft text-xs font-semibold uppercase text-accent-strong', className)}>
      {initials}
    </span>
  );
}
