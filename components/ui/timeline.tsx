import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import type { StationTone, Tone } from './tone';

const DOTS: Record<Tone | StationTone, string> = {
  neutral: 'bg-border-strong',
  accent: 'bg-accent',
  success: 'bg-success',
  warning: 'bg-warning',
  danger: 'bg-danger',
  info: 'bg-info',
  'station-reception': 'bg-station-reception',
  'station-optometry': 'bg-station-optometry',
  'station-dilation': 'bg-station-dilation',
  'station-doctor': 'bg-station-doctor',
  'station-pharmacy': 'bg-station-pharmacy',
};

export type TimelineItem = {
  id: string;
  title: ReactNode;
  time?: ReactNode;
  description?: ReactNode;
  tone?: keyof typeof DOTS;
};

/** What happened, in order. */
export function Timeline({ items, className }: { items: readonly TimelineItem[]; className?: string }) {
  return (
    <ol className={clsx('grid', className)}>
      {items.map((item) => (
        <li key={item.id} className="relative grid grid-cols-[1rem_1fr] gap-x-3 pb-5 last:pb-0">
          <span
            aria-hidden="true"
            className={clsx('mt-1.5 size-2 justify-self-center rounded-full', DOTS[item.tone ?? 'neutral'])}
          />
          <span
            aria-hidden="true"
            className="absolute top-5 bottom-0 left-[0.4375rem] w-px bg-border [li:last-child>&]:hidden"
          />
          <div className="min-w-0">
            <div className="flex flex-wrap items-baseline justify-between gap-x-4">
              <p className="font-medium text-text">{item.title}</p>
              {item.time ? (
                <p className="text-[0.8125rem] text-text-subtle tabular-nums">{item.time}</p>
              ) : null}
            </div>
            {item.description ? <div className="mt-0.5 text-text-muted">{item.description}</div> : null}
          </div>
        </li>
      ))}
    </ol>
  );
}
