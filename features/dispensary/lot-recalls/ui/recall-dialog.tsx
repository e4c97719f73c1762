'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { ActionForm, SubmitButton } from '@/components/forms/action-form';
import { FormField, FormSelect } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { optionsOf } from '@/components/ui/select';
import { paths } from '@/lib/paths';
import { openRecallAction } from '../actions';
import { RECALL_SOURCES } from '../policy';

const schema = async () => (await import('../schema')).openRecallInput;

/** Recalls a lot; the list of who got it opens. */
export function RecallLot({
  medicineId,
  lots,
}: {
  medicineId: string;
  lots: readonly { id: string; lotNumber: string }[];
}) {
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  if (lots.length === 0) return null;
  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button>Recall a lot</Button>
      </DialogTrigger>
      <DialogContent
        title="Recall a lot"
        description="No counter gives anything of it from this moment on, and everybody who got it stands on a list."
      >
        <ActionForm
          action={openRecallAction}
          schema={schema}
          label="Recall a lot"
          warnOnLeave={false}
          onSuccess={({ id }) => router.push(paths.lotRecall(id))}
        >
          <input type="hidden" name="medicineId" value={medicineId} />
          <FormSelect
            name="batchId"
            label="Lot"
            options={lots.map(({ id, lotNumber }) => ({ value: id, label: lotNumber }))}
            required
          />
          <FormSelect name="source" label="Who says so" options={optionsOf(RECALL_SOURCES)} required />
          <FormField name="reason" label="Reason" autoComplete="off" required maxLength={200} />
          <div className="flex justify-end gap-2">
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <SubmitButton variant="danger">Recall it</SubmitButton>
          </div>
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}
