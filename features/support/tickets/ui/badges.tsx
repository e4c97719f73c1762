import { Badge, type BadgeTone } from '@/components/ui/badge';
import { TICKET_PRIORITIES, TICKET_STATUSES, type TicketPriority, type TicketStatus } from '../policy';

const STATUS_TONE: Record<TicketStatus, BadgeTone> = { open: 'info', waiting: 'warning', solved: 'success' };

export function TicketStatusBadge({
  status,
  forCustomer = false,
}: {
  status: TicketStatus;
  forCustomer?: boolean;
}) {
  const words = forCustomer && status === 'waiting' ? 'Answered' : TICKET_STATUSES[status];
  return (
    <Badge tone={STATUS_TONE[status]} dot>
      {words}
    </Badge>
  );
}

const PRIORITY_TONE: Record<TicketPriority, BadgeTone> = {
  low: 'neutral',
  normal: 'neutral',
  high: 'warning',
  urgent: 'danger',
};

export const PriorityBadge = ({ priority }: { priority: TicketPriority }) => (
  <Badge tone={PRIORITY_TONE[priority]}>{TICKET_PRIORITIES[priority]}</Badge>
);
