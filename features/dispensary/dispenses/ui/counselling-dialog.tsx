'use client';
import { useState } from 'react';
import { ActionForm, SubmitButton } from '@/components/forms/action-form';
import { FormCheckbox, FormTextarea, useField } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { counselAction } from '../actions';
import type { Dispense } from '../dto';
import { COUNSELLING, type CounsellingPoint } from '../policy';

const schema = async () => (await import('../schema')).counselInput;

/** What the patient is told when the medicines are handed over. */
export function CounsellingDialog({ dispense }: { dispense: Dispense }) {
  const [isOpen, setOpen] = useState(false);
  const { counselling } = dispense;
  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button>{counselling ? 'Change the advice' : 'Note the advice'}</Button>
      </DialogTrigger>
      <DialogContent
        title="Advice at the counter"
        description="What the patient was told, and whether they said it back."
      >
        <ActionForm
          action={counselAction}
          schema={schema}
          label="Advice at the counter"
          version={dispense.version}
          onSuccess={() => setOpen(false)}
        >
          <input type="hidden" name="dispenseId" value={dispense.id} />
          <Points chosen={counselling?.points ?? []} />
          <FormTextarea
            name="note"
            label="Also said"
            rows={2}
            maxLength={300}
            defaultValue={counselling?.note ?? ''}
          />
          <FormCheckbox
            name="isTaughtBack"
            label="The patient said it back in their own words"
            defaultChecked={counselling?.isTaughtBack ?? false}
          />
          <div className="flex justify-end gap-2">
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <SubmitButton pendingLabel="Saving">Save advice</SubmitButton>
          </div>
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}

function Points({ chosen }: { chosen: readonly CounsellingPoint[] }) {
  const legend = 'The patient was told';
  const { keptList } = useField('points', legend);
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1.5 font-medium text-sm text-text">{legend}</legend>
      {Object.entries(COUNSELLING).map(([value, label]) => (
        <Checkbox
          key={value}
          id={`counselling-${value}`}
          name="points[]"
          value={value}
          label={label}
          defaultChecked={keptList ? keptList.includes(value) : chosen.includes(value as CounsellingPoint)}
        />
      ))}
    </fieldset>
  );
}
