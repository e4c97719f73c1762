'use client';
import { type ReactNode, useState } from 'react';
import { ActionForm, type FormAction, SubmitButton } from '@/components/forms/action-form';
import { FormField } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { adjustStockAction, dispenseAction, disposeStockAction, receiveStockAction } from '@/lib/features/medicines/actions';
import type { Batch, Medicine } from '@/lib/features/medicines/dto';

function StockDialog({
  trigger,
  title,
  description,
  action,
  fields,
  submit,
  tone = 'primary',
  children,
}: {
  trigger: ReactNode;
  title: string;
  description?: string;
  action: FormAction<Medicine>;
  fields: Record<string, string>;
  submit: string;
  tone?: 'primary' | 'danger';
  children: ReactNode;
}) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>{trigger}</DialogTrigger>
      <DialogContent title={title} {...(description ? { description } : {})}>
        <ActionForm action={action} warnOnLeave={false} onSuccess={() => setOpen(false)}>
          {Object.entries(fields).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          {children}
          <div className="flex justify-end gap-2">
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <SubmitButton variant={tone}>{submit}</SubmitButton>
          </div>
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}

export function ReceiveStock({ medicine, today }: { medicine: Medicine; today: string }) {
  return (
    <StockDialog
      trigger={<Button variant="primary">Receive stock</Button>}
      title={`Receive ${medicine.name}`}
      description="As printed on the box."
      action={receiveStockAction}
      fields={{ medicineId: medicine.id }}
      submit="Take into stock"
    >
      <FormField name="lotNumber" label="Lot number" autoComplete="off" required maxLength={60} />
      <div className="grid gap-5 sm:grid-cols-2">
        <FormField name="expiresOn" label="Expiry date" type="date" min={today} required />
        <FormField name="quantity" label={`Quantity (${medicine.unit})`} type="number" inputMode="numeric" min={1} required />
      </div>
    </StockDialog>
  );
}

export function Dispense({ medicine }: { medicine: Medicine }) {
  return (
    <StockDialog
      trigger={<Button>Dispense</Button>}
      title={`Dispense ${medicine.name}`}
      description={`${medicine.onHand} on hand. The batch that expires first is used first.`}
      action={dispenseAction}
      fields={{ medicineId: medicine.id }}
      submit="Dispense"
    >
      <FormField name="quantity" label={`Quantity (${medicine.unit})`} type="number" inputMode="numeric" min={1} defaultValue={1} required />
      <FormField name="note" label="Note" autoComplete="off" maxLength={200} />
    </StockDialog>
  );
}

export function AdjustBatch({ medicine, batch }: { medicine: Medicine; batch: Batch }) {
  return (
    <StockDialog
      trigger={<Button size="sm">Adjust</Button>}
      title={`Count lot ${batch.lotNumber}`}
      description={`The list says ${batch.quantity}.`}
      action={adjustStockAction}
      fields={{ medicineId: medicine.id, batchId: batch.id }}
      submit="Save the count"
    >
      <FormField name="counted" label="Counted on the shelf" type="number" inputMode="numeric" min={0} required />
      <FormField name="reason" label="Reason" autoComplete="off" required maxLength={200} />
    </StockDialog>
  );
}

export function DisposeBatch({ medicine, batch }: { medicine: Medicine; batch: Batch }) {
  return (
    <StockDialog
      trigger={<Button size="sm">Dispose</Button>}
      title={`Dispose of lot ${batch.lotNumber}?`}
      description={`All ${batch.quantity} leave the stock. This cannot be taken back.`}
      action={disposeStockAction}
      fields={{ medicineId: medicine.id, batchId: batch.id }}
      submit="Dispose"
      tone="danger"
    >
      <FormField name="reason" label="Reason" autoComplete="off" required maxLength={200} />
    </StockDialog>
  );
}
