'use client';
import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { ActionButton } from '@/components/forms/action-button';
import { ActionForm, SubmitButton } from '@/components/forms/action-form';
import { FormField, FormSelect } from '@/components/forms/form-field';
import { handOn } from '@/components/forms/hand-on';
import { runAction } from '@/components/forms/run-action';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import { MenuButton, type MenuItem } from '@/components/ui/menu-button';
import { toast } from '@/components/ui/toast';
import {
  callPatientAction,
  changePriorityAction,
  completeStepAction,
  leaveQueueAction,
  requeueAction,
  sendToAction,
  startStepAction,
  undoAction,
} from '../actions';
import type { QueueEntry } from '../dto';
import {
  canMove,
  canUndo,
  DEFAULT_DILATION_MINUTES,
  DILATION_MINUTES,
  destinationsFrom,
  nextStation,
  PRIORITIES,
  PRIORITY_LABEL,
  STATION_LABEL,
} from '../policy';

type Open = 'dilation' | 'leave' | null;

/** What can be done with a patient of the queue: the usual next thing as a button, the rest in a menu. */
export function EntryActions({ entry }: { entry: QueueEntry }) {
  const [open, setOpen] = useState<Open>(null);
  const next = nextStation(entry.station);
  const fields = { entryId: entry.id };
  const showRefusal = async (refusal: Promise<string | undefined>) => {
    const sentence = await refusal;
    if (sentence) toast.error(sentence);
  };

  const items: MenuItem[] = [
    ...(entry.status === 'waiting'
      ? [{ label: 'Start without calling', onSelect: () => showRefusal(runAction(startStepAction, fields)) }]
      : []),
    ...destinationsFrom(entry.station).map((station) => ({
      label: station === 'dilation' ? 'Send to Dilation...' : `Send to ${STATION_LABEL[station]}`,
      onSelect: () =>
        station === 'dilation'
          ? setOpen('dilation')
          : showRefusal(handOn(sendToAction, () => ({ ...fields, to: station }))),
    })),
    {
      label: 'Finish the visit',
      onSelect: () => showRefusal(handOn(sendToAction, () => ({ ...fields, to: 'finish' }))),
    },
    { type: 'separator' },
    ...(canMove('requeue', entry.status)
      ? [{ label: 'No answer: back in line', onSelect: () => showRefusal(runAction(requeueAction, fields)) }]
      : []),
    ...(canUndo(entry)
      ? [
          {
            label: 'Undo the last step',
            onSelect: () => showRefusal(runAction(undoAction, { ...fields, status: entry.status })),
          },
        ]
      : []),
    {
      type: 'radio',
      label: 'Priority',
      value: entry.priority,
      options: PRIORITIES.map((value) => ({ value, label: PRIORITY_LABEL[value] })),
      onChange: (priority) =>
        showRefusal(runAction(changePriorityAction, { visitId: entry.visitId, priority })),
    },
    { type: 'separator' },
    { label: 'Leaves without being seen...', tone: 'danger', onSelect: () => setOpen('leave') },
  ];

  return (
    <div className="flex items-center justify-end gap-2">
      {entry.status === 'waiting' ? (
        <ActionButton size="sm" variant="primary" action={callPatientAction} fields={fields}>
          Call
        </ActionButton>
      ) : null}
      {entry.status === 'called' ? (
        <ActionButton size="sm" variant="primary" action={startStepAction} fields={fields}>
          Start
        </ActionButton>
      ) : null}
      {entry.status === 'in-progress' ? (
        <ActionButton size="sm" variant="primary" action={completeStepAction} fields={fields} savesFirst>
          {next ? `Done, to ${STATION_LABEL[next]}` : 'Done, finish'}
        </ActionButton>
      ) : null}
      <MenuButton label={`More for token ${entry.token}`} items={items} size="icon-sm" variant="ghost">
        <Ellipsis aria-hidden="true" />
      </MenuButton>
      <Dialog open={open !== null} onOpenChange={(isOpen) => (isOpen ? undefined : setOpen(null))}>
        {open === 'dilation' ? (
          <DialogContent
            title={`Dilation for ${entry.patientName}`}
            description="The patient comes back by themselves when the drops have worked."
          >
            <ActionForm action={sendToAction} warnOnLeave={false} savesFirst onSuccess={() => setOpen(null)}>
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
                <Button onClick={() => setOpen(null)}>Cancel</Button>
                <SubmitButton>Send to dilation</SubmitButton>
              </div>
            </ActionForm>
          </DialogContent>
        ) : null}
        {open === 'leave' ? (
          <DialogContent
            title={`${entry.patientName} leaves?`}
            description="The visit ends and stays in the record with the reason."
          >
            <ActionForm action={leaveQueueAction} warnOnLeave={false} onSuccess={() => setOpen(null)}>
              <input type="hidden" name="visitId" value={entry.visitId} />
              <FormField name="reason" label="Reason" required maxLength={200} />
              <div className="flex justify-end gap-2">
                <Button onClick={() => setOpen(null)}>Keep in the queue</Button>
                <SubmitButton variant="danger">Leaves</SubmitButton>
              </div>
            </ActionForm>
          </DialogContent>
        ) : null}
      </Dialog>
    </div>
  );
}
