'use client';
import { ActionForm, SubmitButton } from '@/components/forms/action-form';
import { FormField, FormSelect } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { DialogContent } from '@/components/ui/dialog';
import { leaveQueueAction, sendToAction } from '../actions';
import type { QueueEntry } from '../dto';
import { DEFAULT_DILATION_MINUTES, DILATION_MINUTES } from '../policy';

export type AskedOfEntry = 'dilation' | 'leave';

/** What is asked before a patient goes to dilation or leaves. */
export function EntryForm({
  entry,
  asked,
  onClose,
}: {
  entry: QueueEntry;
  asked: AskedOfEntry | null;
  onClose: () => void;
}) {
  if (asked === 'dilation')
    return (
      <DialogContent
        title={`Dilation for ${entry.patientName}`}
        description="The patient comes back by themselves when the drops have worked."
      >
        <ActionForm action={sendToAction} warnOnLeave={false} savesFirst onSuccess={onClose}>
          <input type="hidden" name="entryId" value={entry.id} />
          <input type="hidden" name="to" value="dilation" />
          <FormSelect
            name="readyInMinutes"
            label="Ready in"
            options={DILATION_MINUTES.map((minutes) => ({
              value: String(minutes),
              label: `${minutes} minutes`,
            }))}
            defaultValue={String(DEFAULT_DILATION_MINUTES)}
          />
          <FormField
            name="note"
            label="Drops given"
            help="For example Tropicamide 1 %, both eyes"
            maxLength={120}
          />
          <div className="flex justify-end gap-2">
            <Button onClick={onClose}>Cancel</Button>
            <SubmitButton>Send to dilation</SubmitButton>
          </div>
        </ActionForm>
      </DialogContent>
    );
  if (asked === 'leave')
    return (
      <DialogContent
        title={`${entry.patientName} leaves?`}
        description="The visit ends and stays in the record with the reason."
      >
        <ActionForm action={leaveQueueAction} warnOnLeave={false} onSuccess={onClose}>
          <input type="hidden" name="visitId" value={entry.visitId} />
          <FormField name="reason" label="Reason" required maxLength={200} />
          <div className="flex justify-end gap-2">
            <Button onClick={onClose}>Keep in the queue</Button>
            <SubmitButton variant="danger">Leaves</SubmitButton>
          </div>
        </ActionForm>
      </DialogContent>
    );
  return null;
}
