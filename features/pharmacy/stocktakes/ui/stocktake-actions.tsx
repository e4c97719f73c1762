'use client';
import { useState } from 'react';
import { ActionButton } from '@/components/forms/action-button';
import { ActionForm, SubmitButton } from '@/components/forms/action-form';
import { ConfirmAction } from '@/components/forms/confirm-action';
import { FormCombobox } from '@/components/forms/form-combobox';
import { FormField } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { findMedicine } from '@/features/pharmacy/medicines/ui/find-medicine';
import {
  approveStocktakeAction,
  cancelStocktakeAction,
  countFoundLotAction,
  recountStocktakeAction,
  submitStocktakeAction,
} from '../actions';
import type { Stocktake } from '../dto';

const foundSchema = async () => (await import('../schema')).foundLotInput;
const approveSchema = async () => (await import('../schema')).approveStocktakeInput;
const fieldsOf = ({ id, version }: Stocktake) => ({ stocktakeId: id, version: String(version) });

/** A lot that stands on the shelf and is not on the list. */
export function FoundLot({ stocktake }: { stocktake: Stocktake }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button>Found lot</Button>
      </DialogTrigger>
      <DialogContent title="A lot that is not on the list">
        <ActionForm
          action={countFoundLotAction}
          schema={foundSchema}
          label="Found lot"
          onSuccess={() => setOpen(false)}
        >
          <input type="hidden" name="stocktakeId" value={stocktake.id} />
          <FormCombobox
            name="medicineId"
            label="Medicine"
            placeholder="Type the medicine"
            loadOptions={async (words, signal) =>
              (await findMedicine(words, signal)).map(({ id, name, strength }) => ({
                value: id,
                label: [name, strength].filter(Boolean).join(' '),
              }))
            }
            required
          />
          <div className="grid gap-5 sm:grid-cols-3">
            <FormField name="lotNumber" label="Lot number" autoComplete="off" required maxLength={60} />
            <FormField
              name="expiresOn"
              label="Expiry date"
              help="As printed: 03/2027"
              autoComplete="off"
              required
              maxLength={30}
            />
            <FormField name="counted" label="Counted" inputMode="numeric" autoComplete="off" required />
          </div>
          <div className="flex justify-end gap-2">
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <SubmitButton pendingLabel="Adding">Add to the count</SubmitButton>
          </div>
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}

/** Counting is over. */
export function SubmitCount({ stocktake, uncounted }: { stocktake: Stocktake; uncounted: number }) {
  return (
    <ConfirmAction
      trigger={<Button variant="primary">Finish counting</Button>}
      title="Is everything counted?"
      description={
        uncounted > 0
          ? `${uncounted} lots have not been counted: their stock stays as it is. Save what you have typed first.`
          : 'Somebody who has not counted looks at the differences and approves them.'
      }
      confirm="Finish counting"
      tone="primary"
      action={submitStocktakeAction}
      fields={fieldsOf(stocktake)}
    />
  );
}

/** Nothing of it counts. */
export function CancelCount({ stocktake }: { stocktake: Stocktake }) {
  return (
    <ConfirmAction
      trigger={<Button>Cancel the stocktake</Button>}
      title={`Cancel ${stocktake.number}?`}
      description="What was counted is kept and changes nothing. The stock stays as it is."
      confirm="Cancel the stocktake"
      action={cancelStocktakeAction}
      fields={fieldsOf(stocktake)}
    />
  );
}

/** The differences become movements, or are counted again. */
export function DecideCount({ stocktake }: { stocktake: Stocktake }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <ActionButton action={recountStocktakeAction} fields={fieldsOf(stocktake)}>
        Count again
      </ActionButton>
      <Dialog open={isOpen} onOpenChange={setOpen}>
        <DialogTrigger asChild>
          <Button variant="primary">Approve</Button>
        </DialogTrigger>
        <DialogContent
          title={`Approve ${stocktake.number}?`}
          description="The differences become movements of the ledger. This cannot be undone."
        >
          <ActionForm
            action={approveStocktakeAction}
            schema={approveSchema}
            label="Approve"
            version={stocktake.version}
            onSuccess={() => setOpen(false)}
          >
            <input type="hidden" name="stocktakeId" value={stocktake.id} />
            <FormField
              name="note"
              label="Why there are differences"
              help="Stands in the ledger with each of them"
              autoComplete="off"
              maxLength={200}
            />
            <div className="flex justify-end gap-2">
              <Button onClick={() => setOpen(false)}>Keep as it is</Button>
              <SubmitButton pendingLabel="Approving">Approve</SubmitButton>
            </div>
          </ActionForm>
        </DialogContent>
      </Dialog>
    </>
  );
}
