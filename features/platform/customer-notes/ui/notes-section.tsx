'use client';
import { useState } from 'react';
import { ActionForm, SubmitButton } from '@/components/forms/action-form';
import { FormTextarea } from '@/components/forms/form-field';
import { May } from '@/components/layout/may';
import { Section } from '@/components/ui/card';
import { RelativeTime } from '@/components/ui/relative-time';
import { AttachmentsField } from '@/features/support/tickets/ui/attachments-field';
import { paths } from '@/lib/paths';
import { addCustomerNoteAction } from '../actions';
import type { CustomerNote } from '../queries';
import { NoteFiles } from './note-files';

/** What the company's people should know of a customer, with files. */
export function NotesSection({
  organizationId,
  notes,
}: {
  organizationId: string;
  notes: readonly CustomerNote[];
}) {
  return (
    <Section title="Notes" description="For colleagues alone. Never about a patient.">
      <div className="grid gap-5">
        <May to="customer-notes:write">
          <NewNote organizationId={organizationId} />
        </May>
        {notes.length === 0 ? (
          <p className="text-[0.8125rem] text-text-muted">Nothing was noted yet.</p>
        ) : (
          <ul aria-label="Notes" className="grid gap-4">
            {notes.map((note) => (
              <li key={note.id} className="border-border border-l-2 pl-3">
                <p className="whitespace-pre-line break-words text-text">{note.text}</p>
                <NoteFiles files={note.files} />
                <p className="text-[0.8125rem] text-text-subtle">
                  {note.byName}, <RelativeTime value={note.at} timeZone="UTC" />
                </p>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Section>
  );
}

function NewNote({ organizationId }: { organizationId: string }) {
  const [round, setRound] = useState(0);
  return (
    <ActionForm
      key={round}
      action={addCustomerNoteAction}
      onSuccess={() => setRound((before) => before + 1)}
      label="Note"
      draft={{ form: 'customer-note', of: organizationId }}
    >
      <input type="hidden" name="organizationId" value={organizationId} />
      <FormTextarea
        name="text"
        label="New note"
        rows={3}
        maxLength={5_000}
        help="Write @ and a name, such as @Priya, to tell a colleague by mail."
        required
      />
      <AttachmentsField address={`${paths.platformNoteAttachments}?organizationId=${organizationId}`} />
      <div>
        <SubmitButton>Keep note</SubmitButton>
      </div>
    </ActionForm>
  );
}
