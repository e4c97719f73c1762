import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import type { StationTone, Tone } from './tone';

const TONES: Record<Tone | StationTone, string> = {
  neutral: 'bg-surface-sunken text-text-muted',
  accent: 'bg-accent-soft text-accent',
  success: 'bg-success-soft text-success',
  warning: 'bg-warning-soft text-warning',
  danger: 'bg-danger-soft text-danger',
  info: 'bg-info-soft text-info',
  'station-reception': 'bg-station-reception-soft text-station-reception',
  'station-optometry': 'bg-station-optometry-soft text-station-optometry',
  'station-dilation': 'bg-station-dilation-soft text-station-dilation',
  'station-doctor': 'bg-station-doctor-soft text-station-doctor',
  'station-pharmacy': 'bg-station-pharmacy-soft text-station-pharmacy',
};

export type BadgeTone = keyof typeof TONES;

/** A word that says a state. `dot` adds a mark for lists that are scanned; colour is never the only sign. */
export function Badge({
  tone = 'neutral',
  dot = false,
  className,
  children,
}: {
  tone?: BadgeTone;
  dot?: boolean;
  className?: string;
  children: ReactNode;
}) {
  return (
    <span className={clsx('badge', TONES[tone], className)}>
      {dot ? <span aria-hidden="true" className="size-1.5 rounded-full bg-current" /> : null}
      {children}
    </span>
  );
}
