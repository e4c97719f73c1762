import type { Metadata } from 'next';
import { May } from '@/components/layout/may';
import { Section } from '@/components/ui/card';
import { DescriptionList } from '@/components/ui/description-list';
import Link from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { PLANS } from '@/features/subscription/billing/plans';
import { TICKET_CATEGORIES } from '@/features/support/tickets/policy';
import { getDeskTicket } from '@/features/support/tickets/queries';
import { PriorityBadge, TicketStatusBadge } from '@/features/support/tickets/ui/badges';
import { AnswerForm, TicketControls } from '@/features/support/tickets/ui/desk-forms';
import { Due } from '@/features/support/tickets/ui/desk-table';
import { Thread } from '@/features/support/tickets/ui/thread';
import { platformPage } from '@/lib/actions/platform';
import { load } from '@/lib/actions/staff';
import { PLATFORM, paths } from '@/lib/paths';
import { inUtc } from '@/lib/words';

export const metadata: Metadata = { title: 'Ticket' };

export default async function DeskTicketPage({ params }: PageProps<'/platform/tickets/[ticketId]'>) {
  const ctx = await platformPage('tickets:read');
  const { ticketId } = await params;
  const { ticket, messages, colleagues, answers } = await load(getDeskTicket(ctx, ticketId));
  return (
    <>
      <PageHeader
        title={ticket.subject}
        badge={<TicketStatusBadge status={ticket.status} />}
        breadcrumbs={[{ label: 'Tickets', href: PLATFORM.tickets }, { label: `#${ticket.number}` }]}
      />
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <div className="grid min-w-0 gap-6">
          <Thread messages={messages} timeZone="UTC" attachments={paths.platformTicketAttachments} />
          <May to="tickets:write">
            <AnswerForm ticket={ticket} answers={answers} />
          </May>
        </div>
        <div className="grid gap-6">
          <May to="tickets:write">
            <Section title="With whom">
              <TicketControls ticket={ticket} colleagues={colleagues} />
            </Section>
          </May>
          <Section title="About this ticket">
            <DescriptionList
              items={[
                {
                  label: 'Organization',
                  value: (
                    <Link
                      href={paths.platformOrganization(ticket.organizationId)}
                      className="text-accent underline-offset-4 hover:underline"
                    >
                      {ticket.organizationName}
                    </Link>
                  ),
                },
                { label: 'Plan', value: PLANS[ticket.plan].name },
                { label: 'Asked by', value: ticket.openedByName },
                { label: 'Asked', value: inUtc(ticket.openedAt) },
                { label: 'Category', value: TICKET_CATEGORIES[ticket.category] },
                { label: 'Priority', value: <PriorityBadge priority={ticket.priority} /> },
                { label: 'Promise', value: ticket.promise },
                { label: 'Answer due', value: <Due ticket={ticket} /> },
                ...(ticket.rating
                  ? [
                      {
                        label: 'Rating',
                        value: `${ticket.rating.isGood ? 'Good' : 'Not good'}${ticket.rating.comment ? `: ${ticket.rating.comment}` : ''}`,
                      },
                    ]
                  : []),
              ]}
            />
          </Section>
        </div>
      </div>
    </>
  );
}
