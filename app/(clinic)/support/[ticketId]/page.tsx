import type { Metadata } from 'next';
import { Alert } from '@/components/ui/alert';
import { Section } from '@/components/ui/card';
import { DescriptionList } from '@/components/ui/description-list';
import { PageHeader } from '@/components/ui/page-header';
import { TICKET_CATEGORIES, TICKET_PRIORITIES } from '@/features/support/tickets/policy';
import { getTicket } from '@/features/support/tickets/queries';
import { TicketStatusBadge } from '@/features/support/tickets/ui/badges';
import { RateForm, ReplyForm } from '@/features/support/tickets/ui/customer-forms';
import { Thread } from '@/features/support/tickets/ui/thread';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { formatInstant } from '@/lib/time';

export const metadata: Metadata = { title: 'Ticket' };

export default async function TicketPage({ params }: PageProps<'/support/[ticketId]'>) {
  const ctx = await staffPage('support:read');
  const { ticketId } = await params;
  const { ticket, messages } = await load(getTicket(ctx, ticketId));
  const canAsk = ctx.can('support:ask');
  return (
    <>
      <PageHeader
        title={ticket.subject}
        badge={<TicketStatusBadge status={ticket.status} forCustomer />}
        breadcrumbs={[{ label: 'Support', href: paths.support }, { label: `#${ticket.number}` }]}
      />
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <div className="grid min-w-0 gap-6">
          <Thread messages={messages} timeZone={ctx.timeZone} attachments={paths.ticketAttachments} />
          {canAsk && ticket.canReply ? <ReplyForm ticket={ticket} /> : null}
          {ticket.canReply ? null : (
            <Alert tone="info" title="This ticket is closed">
              It was solved a while ago. Open a new one if something is still wrong.
            </Alert>
          )}
        </div>
        <div className="grid gap-6">
          {canAsk && ticket.canRate ? <RateForm ticketId={ticket.id} /> : null}
          {ticket.rating ? (
            <Alert tone="info" title="Thank you for your rating">
              You said that our help was {ticket.rating.isGood ? 'good' : 'not good'}.
            </Alert>
          ) : null}
          <Section title="About this ticket">
            <DescriptionList
              items={[
                { label: 'Asked by', value: ticket.openedByName },
                { label: 'Asked', value: formatInstant(new Date(ticket.openedAt), ctx.timeZone) },
                { label: 'Category', value: TICKET_CATEGORIES[ticket.category] },
                { label: 'Priority', value: TICKET_PRIORITIES[ticket.priority] },
                { label: 'We answer', value: ticket.promise },
              ]}
            />
          </Section>
        </div>
      </div>
    </>
  );
}
