'use client';
import { useState } from 'react';
import { ActionButton } from '@/components/forms/action-button';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { FormRadioGroup, FormTextarea } from '@/components/forms/form-field';
import { Section } from '@/components/ui/card';
import { paths } from '@/lib/paths';
import { closeTicketAction, rateTicketAction, replyTicketAction } from '../actions';
import type { Ticket } from '../dto';
import { AttachmentsField } from './attachments-field';

/** The customer's next word. */
export function ReplyForm({ ticket }: { ticket: Pick<Ticket, 'id' | 'status'> }) {
  const isSolved = ticket.status === 'solved';
  const [sent, setSent] = useState(0);
  return (
    <ActionForm
      action={replyTicketAction}
      resetOnSuccess
      onSuccess={() => setSent((count) => count + 1)}
      label="Reply"
      draft={{ form: 'ticket-reply', of: ticket.id }}
    >
      <input type="hidden" name="ticketId" value={ticket.id} />
      <FormTextarea
        name="message"
        label={isSolved ? 'Not solved after all?' : 'Reply'}
        rows={4}
        maxLength={10_000}
        help="Please name no patient."
        required
      />
      <AttachmentsField
        key={sent}
        address={paths.ticketAttachments}
        help="No files with patients’ data, please."
      />
      <FormActions>
        <SubmitButton>{isSolved ? 'Reply and reopen' : 'Send reply'}</SubmitButton>
        {isSolved ? null : (
          <ActionButton action={closeTicketAction} fields={{ ticketId: ticket.id }}>
            Close ticket
          </ActionButton>
        )}
      </FormActions>
    </ActionForm>
  );
}

/** Whether the help helped; once. */
export function RateForm({ ticketId }: { ticketId: string }) {
  return (
    <Section title="Did we help you?" description="Only our support reads it.">
      <ActionForm action={rateTicketAction} warnOnLeave={false} label="Rating">
        <input type="hidden" name="ticketId" value={ticketId} />
        <FormRadioGroup
          name="verdict"
          label="Our help was"
          options={[
            { value: 'good', label: 'Good' },
            { value: 'bad', label: 'Not good' },
          ]}
          required
        />
        <FormTextarea name="comment" label="What should we know?" rows={2} maxLength={1_000} />
        <FormActions>
          <SubmitButton>Send rating</SubmitButton>
        </FormActions>
      </ActionForm>
    </Section>
  );
}
