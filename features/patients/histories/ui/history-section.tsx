'use client';
import { useState } from 'react';
import { ActionButton } from '@/components/forms/action-button';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { DescriptionList } from '@/components/ui/description-list';
import { confirmHistoryAction, saveHistoryAction } from '../actions';
import type { History } from '../dto';
import { HISTORY_PART_IDS, historyLines } from '../policy';
import { PartFields } from './part-fields';

type Props = {
  history: History;
  /** "by Neha Verma, 29 Nov 2026", where somebody has asked. */
  asked: string | null;
  canWrite: boolean;
};

/** The history of a patient: said once, and confirmed or changed at each visit. */
export function HistorySection({ history, asked, canWrite }: Props) {
  const [isOpen, setOpen] = useState(false);
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
            <Button size="sm" onClick={() => setOpen(true)}>
              {history.asked ? 'Change the history' : 'Write the history'}
            </Button>
          </>
        ) : null
      }
    >
      {isOpen ? (
        <HistoryForm history={history} onDone={() => setOpen(false)} />
      ) : lines.length > 0 ? (
        <DescriptionList items={lines.map(({ label, text }) => ({ label, value: text }))} />
      ) : (
        <p className="text-text-muted">{asked ? 'Nothing to note.' : 'Nothing is written yet.'}</p>
      )}
    </Section>
  );
}

function HistoryForm({ history, onDone }: { history: History; onDone: () => void }) {
  return (
    <ActionForm
      action={saveHistoryAction}
      schema={async () => (await import('../schema')).saveHistoryInput}
      label="Health history"
      draft={{ form: 'history', of: history.patientId, version: history.version }}
      onSuccess={onDone}
    >
      <input type="hidden" name="patientId" value={history.patientId} readOnly />
      {HISTORY_PART_IDS.map((part) => (
        <PartFields key={part} part={part} items={history.parts[part]} />
      ))}
      <FormActions>
        <SubmitButton pendingLabel="Saving">Save history</SubmitButton>
        <Button onClick={onDone}>Cancel</Button>
      </FormActions>
    </ActionForm>
  );
}
