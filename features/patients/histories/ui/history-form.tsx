'use client';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { Button } from '@/components/ui/button';
import { saveHistoryAction } from '../actions';
import type { History } from '../dto';
import { HISTORY_PART_IDS } from '../policy';
import { PartFields } from './part-fields';

/** The parts of a history, to be written or changed. */
export function HistoryForm({ history, onDone }: { history: History; onDone: () => void }) {
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
