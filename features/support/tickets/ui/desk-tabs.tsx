import { TabLinks } from '@/components/ui/tabs';
import { PLATFORM } from '@/lib/paths';

/** The desk, how well it answers, and what it says again and again. */
export const DeskTabs = () => (
  <TabLinks
    label="Tickets"
    className="mb-5"
    items={[
      { href: PLATFORM.tickets, label: 'Tickets' },
      { href: PLATFORM.ticketReport, label: 'Targets met' },
      { href: PLATFORM.savedAnswers, label: 'Saved answers' },
    ]}
  />
);
