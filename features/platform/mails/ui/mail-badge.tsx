import { Badge, type BadgeTone } from '@/components/ui/badge';
import type { DeliveryState } from '@/lib/master/vocabulary';

export const MAIL_STATE: Record<DeliveryState, { label: string; tone: BadgeTone }> = {
  queued: { label: 'Waiting', tone: 'info' },
  sent: { label: 'Sent', tone: 'success' },
  delayed: { label: 'Delayed', tone: 'warning' },
  refused: { label: 'Refused', tone: 'danger' },
  bounced: { label: 'Bounced', tone: 'danger' },
  failed: { label: 'Given up', tone: 'danger' },
};

export const MailBadge = ({ state }: { state: DeliveryState }) => (
  <Badge tone={MAIL_STATE[state].tone} dot>
    {MAIL_STATE[state].label}
  </Badge>
);
