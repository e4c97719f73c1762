import Link from 'next/link';
import type { ReactNode } from 'react';
import { cn } from './cn';

export function Stat({ label, value, hint, href, tone }: { label: string; value: ReactNode; hint?: ReactNode; href?: string; tone?: 'warning' | 'danger' }) {
  const body = (
    <>
      <p className="text-[13px] text-text-muted">{label}</p>
      <p className={cn('tabular mt-1 text-[26px] font-semibold leading-tight tracking-tight', tone === 'warning' && 'text-warning-text', tone === 'danger' && 'text-danger-text')}>
        {value}
      </p>
      {hint ? <p className="mt-0.5 text-xs text-text-muted">{hint}</p> : null}
    </>
  );
  const classes = 'block rounded-lg border border-border bg-surface-raised px-5 py-4 shadow-raised';
  return href ? (
    <Link href={href} className={cn(classes, 'transition-colors hover:border-border-strong')}>
      {body}
    </Link>
  ) : (
    <div className={classes}>{body}</div>
  );
}
