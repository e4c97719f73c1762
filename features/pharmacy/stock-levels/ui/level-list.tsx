'use client';
import { useState } from 'react';
import { ActionForm, SubmitButton } from '@/components/forms/action-form';
import { FormField } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { countOf } from '@/features/pharmacy/medicines/policy';
import { setLevelAction } from '../actions';
import type { StoreLevel } from '../policy';

const schema = async () => (await import('../schema')).setLevelInput;
type Medicine = { id: string; name: string; unit: string };

/** What each store shall have of a medicine. */
export function LevelList({
  medicine,
  levels,
  canWrite,
}: {
  medicine: Medicine;
  levels: readonly StoreLevel[];
  canWrite: boolean;
}) {
  return (
    <Section
      title="Least and most"
      description="At the least it is to be filled up to the most: by an order, or out of another store."
      flush
    >
      <ul className="divide-y divide-border">
        {levels.map((level) => (
          <li
            key={level.storeId}
            className="flex flex-wrap items-center justify-between gap-3 px-4 py-3 sm:px-5"
          >
            <div className="min-w-0">
              <p className="font-medium text-sm text-text">{level.storeName}</p>
              <p className="text-[0.8125rem] text-text-muted tabular-nums">
                {countOf(level.there, medicine.unit)}
                {level.unusable > 0 ? `, ${level.unusable} more expired or held` : ''}
                {level.min === null ? ', no least and most' : `, least ${level.min}, most ${level.max}`}
              </p>
            </div>
            {canWrite ? <SetLevel key={level.version} medicine={medicine} level={level} /> : null}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function SetLevel({ medicine, level }: { medicine: Medicine; level: StoreLevel }) {
  const [isOpen, setOpen] = useState(false);
  const { storeId, storeName, min, max, version } = level;
  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button size="sm" aria-label={`Least and most in ${storeName}`}>
          Change
        </Button>
      </DialogTrigger>
      <DialogContent title={`${medicine.name} in ${storeName}`}>
        <ActionForm
          action={setLevelAction}
          schema={schema}
          label={`Least and most in ${storeName}`}
          version={version}
          onSuccess={() => setOpen(false)}
        >
          <input type="hidden" name="medicineId" value={medicine.id} />
          <input type="hidden" name="storeId" value={storeId} />
          <div className="grid gap-5 sm:grid-cols-2">
            <FormField
              name="min"
              label="Least"
              help={`Counted by the ${medicine.unit}; empty for none`}
              defaultValue={min ?? ''}
              inputMode="numeric"
              autoComplete="off"
            />
            <FormField
              name="max"
              label="Most"
              defaultValue={max ?? ''}
              inputMode="numeric"
              autoComplete="off"
            />
          </div>
          <div className="flex justify-end gap-2">
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <SubmitButton pendingLabel="Saving">Save</SubmitButton>
          </div>
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}
