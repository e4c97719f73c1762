import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import Link from '@/components/ui/link';

const DELTA = { up: 'text-success', down: 'text-danger', flat: 'text-text-subtle' } as const;

/** One figure with its name; with `href` the whole card leads to what it counts. */
export function Stat({
  label,
  value,
  delta,
  hint,
  href,
  icon,
  className,
}: {
  label: string;
  value: ReactNode;
  /** A change in words: "+3 since yesterday". */
  delta?: { text: string; direction: keyof typeof DELTA };
  hint?: ReactNode;
  href?: string;
  icon?: ReactNode;
  className?: string;
}) {
  return (
    <div
      data-keep-together=""
      className={clsx('card stat', href && 'transition-colors hover:border-border-strong', className)}
    >
      <div className="flex items-center justify-between gap-2 text-[0.8125rem] text-text-muted">
        {href ? (
          <Link href={href} className="after:absolute after:inset-0 after:rounded-lg">
            {label}
          </Link>
        ) : (
          <span>{label}</span>
        )}
        {icon ? (
          <span aria-hidden="true" className="text-text-subtle [&_svg]:size-4">
            {icon}
          </span>
        ) : null}
      </div>
      <p className="font-semibold text-2xl text-text tabular-nums leading-tight tracking-tight">{value}</p>
      {delta || hint ? (
        <p className="flex flex-wrap gap-x-2 text-[0.8125rem] text-text-subtle">
          {delta ? <span className={clsx('font-medium', DELTA[delta.direction])}>{delta.text}</span> : null}
          {hint}
        </p>
      ) : null}
    </div>
  );
}

/** Figures side by side, as many as fit. */
export function StatGrid({ className, children }: { className?: string; children: ReactNode }) {
  return <div className={clsx('stat-grid', className)}>{children}</div>;
}
