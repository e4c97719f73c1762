import { clsx } from 'clsx';
import { CalendarCheck, Check, LogIn, UserX, X } from '@/components/ui/icons';
import type { AppointmentStatus } from '../policy';

const ICON = {
  booked: CalendarCheck,
  'checked-in': LogIn,
  completed: Check,
  cancelled: X,
  'no-show': UserX,
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
  const Icon = ICON[status];
  return <Icon aria-hidden="true" className={clsx('size-3.5 shrink-0', COLOR[status], className)} />;
}
