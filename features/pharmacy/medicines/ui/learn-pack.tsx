'use client';
import { ActionForm, SubmitButton } from '@/components/forms/action-form';
import { FormCombobox } from '@/components/forms/form-combobox';
import { FormField } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import { rememberPackAction } from '../actions';
import { countOf } from '../policy';
import { findMedicine } from './find-medicine';

const schema = async () => (await import('../schema')).rememberPackInput;

/** Asks once which medicine is in a pack; the next scan knows it. */
export function LearnPack({
  gtin,
  onLearned,
  onClose,
}: {
  /** Of the pack that nobody knows; null while there is none. */
  gtin: string | null;
  onLearned: (gtin: string) => void;
  onClose: () => void;
}) {
  return (
    <Dialog open={gtin !== null} onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}>
      <DialogContent
        title="Which medicine is in this pack?"
        description={`Its number ${gtin ?? ''} was not scanned before. It is asked once.`}
      >
        <ActionForm
          action={rememberPackAction}
          schema={schema}
          label="New pack"
          warnOnLeave={false}
          onSuccess={() => gtin && onLearned(gtin)}
        >
          <input type="hidden" name="gtin" value={gtin ?? ''} />
          <FormCombobox
            name="medicineId"
            label="Medicine in the pack"
            placeholder="Type the medicine"
            required
            autoFocus
            loadOptions={async (words, signal) =>
              (await findMedicine(words, signal)).map((one) => ({
                value: one.id,
                label: [one.name, one.strength].filter(Boolean).join(' '),
                description: `${countOf(one.onHand, one.unit)} on hand`,
              }))
            }
          />
          <FormField
            name="unitsPerPack"
            label="How many are in it"
            help="Of what the medicine is counted by, such as tablets"
            inputMode="numeric"
            autoComplete="off"
            defaultValue="1"
            required
          />
          <div className="flex justify-end gap-2">
            <Button onClick={onClose}>Cancel</Button>
            <SubmitButton pendingLabel="Saving">Remember</SubmitButton>
          </div>
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}
