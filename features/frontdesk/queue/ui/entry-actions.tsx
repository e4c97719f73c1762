'use client';
import { startTransition, useRef, useState } from 'react';
import { handOn } from '@/components/forms/hand-on';
import { runAction } from '@/components/forms/run-action';
import { Button } from '@/components/ui/button';
import { Dialog, laterContent } from '@/components/ui/dialog';
import { Icon } from '@/components/ui/icon';
import { MenuButton, type MenuItem } from '@/components/ui/menu-button';
import { toast } from '@/components/ui/toast';
import {
  callPatientAction,
  changePriorityAction,
  completeStepAction,
  requeueAction,
  sendToAction,
  startStepAction,
  undoAction,
} from '../actions';
import type { QueueEntry } from '../dto';
import {
  canMove,
  canUndo,
  destinationsFrom,
  nextStation,
  PRIORITIES,
  PRIORITY_LABEL,
  STATION_LABEL,
  type Station,
} from '../policy';
import type { PressRow } from './ahead';
import type { AskedOfEntry } from './entry-form';

const EntryForm = laterContent(() => import('./entry-form').then((file) => file.EntryForm));

/** On the page of one visit, where forms are open: the page shows what the server has done. */
const afterAnswer: PressRow = async (_entry, _ahead, run) => {
  const sentence = await run();
  if (sentence) toast.error(sentence);
};

/**
 * What can be done with a patient of the queue: the usual next thing as a button, the rest in a menu.
 * @param press how a press is shown before its answer, in a list that can put it back
 */
export function EntryActions({ entry, press = afterAnswer }: { entry: QueueEntry; press?: PressRow }) {
  const [open, setOpen] = useState<AskedOfEntry | null>(null);
  const fields = { entryId: entry.id };
  const send = (to: Station | 'finish') =>
    press(entry, to === 'finish' ? null : { station: to, status: 'waiting' }, () =>
      handOn(sendToAction, () => ({ ...fields, to })),
    );
  const start = () => press(entry, { status: 'in-progress' }, () => runAction(startStepAction, fields));

  const items: MenuItem[] = [
    ...(entry.status === 'waiting' ? [{ label: 'Start without calling', onSelect: start }] : []),
    ...destinationsFrom(entry.station).map((station) => ({
      label: station === 'dilation' ? 'Send to Dilation...' : `Send to ${STATION_LABEL[station]}`,
      onSelect: () => (station === 'dilation' ? setOpen('dilation') : send(station)),
    })),
    {
      label: 'Finish the visit',
      onSelect: () => send('finish'),
    },
    { type: 'separator' },
    ...(canMove('requeue', entry.status)
      ? [
          {
            label: 'No answer: back in line',
            onSelect: () => press(entry, { status: 'waiting' }, () => runAction(requeueAction, fields)),
          },
        ]
      : []),
    ...(canUndo(entry)
      ? [
          {
            label: 'Undo the last step',
            // Where it leads back to is known to the server alone.
            onSelect: () =>
              press(entry, {}, () => runAction(undoAction, { ...fields, status: entry.status })),
          },
        ]
      : []),
    {
      type: 'radio',
      label: 'Priority',
      value: entry.priority,
      options: PRIORITIES.map((value) => ({ value, label: PRIORITY_LABEL[value] })),
      onChange: (value) => {
        const priority = PRIORITIES.find((one) => one === value) ?? entry.priority;
        void press(entry, { priority }, () =>
          runAction(changePriorityAction, { visitId: entry.visitId, priority }),
        );
      },
    },
    { type: 'separator' },
    { label: 'Leaves without being seen...', tone: 'danger', onSelect: () => setOpen('leave') },
  ];

  return (
    <div className="flex items-center justify-end gap-2">
      <NextStep entry={entry} press={press} start={start} />
      <MenuButton label={`More for token ${entry.token}`} items={items} size="icon-sm" variant="ghost">
        <Icon of="ellipsis" />
      </MenuButton>
      <Dialog open={open !== null} onOpenChange={(isOpen) => (isOpen ? undefined : setOpen(null))}>
        <EntryForm entry={entry} asked={open} onClose={() => setOpen(null)} />
      </Dialog>
    </div>
  );
}

/** In milliseconds: a press so soon after another is a double click, and the button says more by then. */
const TOO_SOON_MS = 400;

/** The usual next thing. One button through all states, so that the focus stays where it was pressed. */
function NextStep({
  entry,
  press,
  start,
}: {
  entry: QueueEntry;
  press: PressRow;
  start: () => Promise<void>;
}) {
  const [isPressed, setPressed] = useState(false);
  const pressedAt = useRef(Number.NEGATIVE_INFINITY);
  const fields = { entryId: entry.id };
  const next = nextStation(entry.station);
  const call = () => press(entry, { status: 'called' }, () => runAction(callPatientAction, fields));
  const complete = () =>
    press(entry, next && { station: next, status: 'waiting' }, () =>
      handOn(completeStepAction, () => fields),
    );
  const [label, run] =
    entry.status === 'waiting'
      ? (['Call', call] as const)
      : entry.status === 'called'
        ? (['Start', start] as const)
        : ([next ? `Done, to ${STATION_LABEL[next]}` : 'Done, finish', complete] as const);
  return (
    <Button
      size="sm"
      variant="primary"
      pending={isPressed}
      onClick={() => {
        const now = performance.now();
        if (now - pressedAt.current < TOO_SOON_MS) return;
        pressedAt.current = now;
        setPressed(press === afterAnswer);
        // Together with what the answer changes on the page.
        void run().then(() => startTransition(() => setPressed(false)));
      }}
    >
      {label}
    </Button>
  );
}
