import { Badge, type BadgeTone } from '@/components/ui/badge';
import { type AppointmentStatus, STATUS_LABEL } from '../policy';

const TONE: Record<AppointmentStatus, BadgeTone> = {
  booked: 'accent',
  'checked-in': 'info',
  completed: 'success',
  cancelled: 'neutral',
  'no-show': 'warning',
};

/** The state of an appointment, in one word. */
export function StatusBadge({ status }: { status: AppointmentStatus }) {
  return (
    <Badge tone={TONE[status]} dot>
      {STATUS_LABEL[status]}
    </Badge>
  );
}
