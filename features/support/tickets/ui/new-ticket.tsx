'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { ActionForm, SubmitButton } from '@/components/forms/action-form';
import { FormField, FormSelect, FormTextarea } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { optionsOf } from '@/components/ui/select';
import { paths } from '@/lib/paths';
import { openTicketAction } from '../actions';
import { TICKET_CATEGORIES, TICKET_PRIORITIES } from '../policy';
import { AttachmentsField } from './attachments-field';

/** Asks the company something. `promise` says how soon it answers. */
export function NewTicket({ promise }: { promise: string }) {
  const [open, setOpen] = useState(false);
  const router = useRouter();
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="primary">New ticket</Button>
      </DialogTrigger>
      <DialogContent
        title="New ticket"
        description={`We answer ${promise}. We cannot see your patients: please name none.`}
      >
        <ActionForm
          action={openTicketAction}
          onSuccess={({ id }) => router.push(paths.ticket(id))}
          label="New ticket"
          draft={{ form: 'ticket' }}
        >
          <div className="grid gap-4 sm:grid-cols-2">
            <FormSelect
              name="category"
              label="Category"
              options={optionsOf(TICKET_CATEGORIES)}
              defaultValue="question"
              required
            />
            <FormSelect
              name="priority"
              label="Priority"
              options={optionsOf(TICKET_PRIORITIES)}
              defaultValue="normal"
              required
            />
          </div>
          <FormField name="subject" label="Subject" maxLength={150} required />
          <FormTextarea
            name="message"
            label="Message"
            rows={6}
            maxLength={10_000}
            help="What did you do, what did you expect, and what happened?"
            required
          />
          <AttachmentsField address={paths.ticketAttachments} help="No files with patients’ data, please." />
          <div className="flex flex-wrap justify-end gap-2">
            <Button onClick={() => setOpen(false)}>Not now</Button>
            <SubmitButton>Send ticket</SubmitButton>
          </div>
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}
