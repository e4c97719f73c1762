import { TabLinks } from '@/components/ui/tabs';
import { PLATFORM } from '@/lib/paths';

/** What Stripe has told us, and what comparing with it found. */
export const EventsTabs = () => (
  <TabLinks
    label="Events"
    className="mb-5"
    items={[
      { href: PLATFORM.events, label: 'Received' },
      { href: PLATFORM.reconciliation, label: 'Reconciliation' },
    ]}
  />
);
