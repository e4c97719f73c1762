import { clsx } from 'clsx';
import { Icon } from '@/components/ui/icon';
import type { AppointmentStatus } from '../policy';

const ICON = {
  booked: 'calendar-check',
  'checked-in': 'log-in',
  completed: 'check',
  cancelled: 'x',
  'no-show': 'user-x',
} as const;

const COLOR: Record<AppointmentStatus, string> = {
  booked: 'text-accent',
  'checked-in': 'text-info',
  completed: 'text-success',
  cancelled: 'text-text-subtle',
  'no-show': 'text-warning',
};

/** The mark of a status where a word has no room: colour is never the only sign. */
export function StatusIcon({ status, className }: { status: AppointmentStatus; className?: string }) {
  return <Icon of={ICON[status]} className={clsx('size-3.5 shrink-0', COLOR[status], className)} />;
}
