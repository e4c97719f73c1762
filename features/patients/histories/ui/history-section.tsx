'use client';
import { useState } from 'react';
import { ActionButton } from '@/components/forms/action-button';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { DescriptionList } from '@/components/ui/description-list';
import { partOf } from '@/components/ui/part';
import { confirmHistoryAction } from '../actions';
import type { History } from '../dto';
import { historyLines } from '../policy';

const historyForm = partOf(() => import('./history-form'));

type Props = {
  history: History;
  /** "by Neha Verma, 29 Nov 2026", where somebody has asked. */
  asked: string | null;
  canWrite: boolean;
};

/** The history of a patient: said once, and confirmed or changed at each visit. */
export function HistorySection({ history, asked, canWrite }: Props) {
  const [isOpen, setOpen] = useState(false);
  const form = historyForm.usePart(isOpen, () => setOpen(false));
  const lines = historyLines(history.parts);
  return (
    <Section
      title="Health history"
      description={asked ? `Asked ${asked}` : 'Nobody has asked yet.'}
      actions={
        canWrite && !isOpen ? (
          <>
            {history.asked ? (
              <ActionButton size="sm" action={confirmHistoryAction} fields={{ patientId: history.patientId }}>
                History as before
              </ActionButton>
            ) : null}
            <Button size="sm" onPointerEnter={historyForm.warm} onClick={() => setOpen(true)}>
              {history.asked ? 'Change the history' : 'Write the history'}
            </Button>
          </>
        ) : null
      }
    >
      {isOpen && form ? (
        <form.HistoryForm history={history} onDone={() => setOpen(false)} />
      ) : lines.length > 0 ? (
        <DescriptionList items={lines.map(({ label, text }) => ({ label, value: text }))} />
      ) : (
        <p className="text-text-muted">{asked ? 'Nothing to note.' : 'Nothing is written yet.'}</p>
      )}
    </Section>
  );
}
