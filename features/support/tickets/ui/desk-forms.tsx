'use client';
import { useRef, useState } from 'react';
import { ActionButton } from '@/components/forms/action-button';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { FormRadioGroup, FormTextarea } from '@/components/forms/form-field';
import { runAction } from '@/components/forms/run-action';
import { Field } from '@/components/ui/field';
import { optionsOf, Select } from '@/components/ui/select';
import { toast } from '@/components/ui/toast';
import { paths } from '@/lib/paths';
import {
  answerTicketAction,
  assignTicketAction,
  pauseTicketAction,
  setTicketPriorityAction,
} from '../actions';
import type { DeskTicket } from '../dto';
import { fillAnswer, TICKET_PRIORITIES } from '../policy';
import type { SavedAnswer } from '../queries';
import { AttachmentsField } from './attachments-field';

const BECOMES = [
  { value: 'waiting', label: 'Answer, and wait for the customer' },
  { value: 'solved', label: 'Answer, and mark as solved' },
  { value: 'note', label: 'Internal note: the customer never sees it' },
];

/** An answer or a note; a saved answer is put in to be read once more before it goes. */
export function AnswerForm({ ticket, answers }: { ticket: DeskTicket; answers: readonly SavedAnswer[] }) {
  const place = useRef<HTMLDivElement>(null);
  const [sent, setSent] = useState(0);
  const [becomes, setBecomes] = useState('waiting');
  const insert = (id: string) => {
    const answer = answers.find((one) => one.id === id);
    if (!answer) return;
    const filled = fillAnswer(answer.text, {
      name: ticket.openedByName,
      organization: ticket.organizationName,
      ticket: String(ticket.number),
    });
    const box = place.current?.querySelector('textarea');
    if (!box) return;
    const known = box.value.trimEnd();
    // As if it had been typed: the form keeps it, and the page remembers it.
    box.value = known ? `${known}\n\n${filled}` : filled;
    box.dispatchEvent(new Event('input', { bubbles: true }));
  };
  return (
    <ActionForm
      action={answerTicketAction}
      onSuccess={() => setSent((count) => count + 1)}
      resetOnSuccess
      label="Answer"
      // As text: a note does not count as a change of the ticket, so its next version is for the page to say.
      version={String(ticket.version)}
      draft={{ form: 'ticket-answer', of: ticket.id }}
    >
      <input type="hidden" name="ticketId" value={ticket.id} />
      {answers.length > 0 ? (
        <Field id="saved-answer" label="Saved answer">
          {(control) => (
            <Select
              {...control}
              placeholder="Put in a saved answer"
              options={answers.map(({ id, title }) => ({ value: id, label: title }))}
              value=""
              onChange={(event) => insert(event.target.value)}
            />
          )}
        </Field>
      ) : null}
      <div ref={place}>
        <FormTextarea
          name="message"
          label="Message"
          rows={6}
          maxLength={10_000}
          {...(becomes === 'note'
            ? { help: 'Write @ and a name, such as @Priya, to tell a colleague by mail.' }
            : {})}
          required
        />
      </div>
      <AttachmentsField key={sent} address={`${paths.platformTicketAttachments}?ticketId=${ticket.id}`} />
      <FormRadioGroup
        name="outcome"
        label="What this is"
        options={BECOMES}
        defaultValue="waiting"
        onChange={setBecomes}
        required
      />
      <FormActions>
        <SubmitButton>{becomes === 'note' ? 'Keep note' : 'Send answer'}</SubmitButton>
        {ticket.status === 'open' ? (
          <ActionButton action={pauseTicketAction} fields={{ ticketId: ticket.id }}>
            Pause the clock
          </ActionButton>
        ) : null}
      </FormActions>
    </ActionForm>
  );
}

/** Who has it and how urgent it is; a choice is the change. */
export function TicketControls({
  ticket,
  colleagues,
}: {
  ticket: DeskTicket;
  colleagues: readonly { id: string; name: string }[];
}) {
  const showRefusal = async (refusal: Promise<string | undefined>) => {
    const sentence = await refusal;
    if (sentence) toast.error(sentence);
  };
  const people = colleagues.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <div className="grid gap-4">
      <Field id="assignee" label="Assigned to">
        {(control) => (
          <Select
            {...control}
            placeholder="Nobody"
            options={people}
            value={ticket.assigneeId ?? ''}
            onChange={(event) =>
              showRefusal(
                runAction(assignTicketAction, { ticketId: ticket.id, assigneeId: event.target.value }),
              )
            }
          />
        )}
      </Field>
      <Field id="priority" label="Priority">
        {(control) => (
          <Select
            {...control}
            options={optionsOf(TICKET_PRIORITIES)}
            value={ticket.priority}
            onChange={(event) =>
              showRefusal(
                runAction(setTicketPriorityAction, { ticketId: ticket.id, priority: event.target.value }),
              )
            }
          />
        )}
      </Field>
    </div>
  );
}
