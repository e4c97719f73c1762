'use client';
import { type ReactNode, useState } from 'react';
import { ActionForm, SubmitButton } from '@/components/forms/action-form';
import { FormField } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { toast } from '@/components/ui/toast';
import type { FormAction } from '@/lib/action-result';

type StockDialogProps<T> = {
  title: string;
  description?: string;
  action: FormAction<T>;
  /** Hidden fields. */
  fields: Record<string, string>;
  version?: string;
  submit: string;
  tone?: 'primary' | 'danger';
  children?: ReactNode;
} & ({ trigger: ReactNode; onClose?: undefined } | { trigger?: undefined; onClose: () => void });

/** A short form above the page: opened by its trigger, or by who renders it. */
export function StockDialog<T>(props: StockDialogProps<T>) {
  const [isOpen, setOpen] = useState(!props.trigger);
  const change = (open: boolean) => {
    setOpen(open);
    if (!open) props.onClose?.();
  };
  // Said here and not by the form: what is done may take the trigger, and the form with it, off the page.
  const act: FormAction<T> = async (previous, form) => {
    const result = await props.action(previous, form);
    if (result.status !== 'ok') return result;
    const { message, ...rest } = result;
    if (message) toast.success(message);
    return rest;
  };
  return (
    <Dialog open={isOpen} onOpenChange={change}>
      {props.trigger ? <DialogTrigger asChild>{props.trigger}</DialogTrigger> : null}
      <DialogContent title={props.title} {...(props.description ? { description: props.description } : {})}>
        <ActionForm
          action={act}
          warnOnLeave={false}
          onSuccess={() => change(false)}
          {...(props.version === undefined ? {} : { version: props.version })}
        >
          {Object.entries(props.fields).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          {props.children}
          <div className="flex flex-wrap justify-end gap-2">
            <Button onClick={() => change(false)}>Cancel</Button>
            <SubmitButton variant={props.tone ?? 'primary'}>{props.submit}</SubmitButton>
          </div>
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}

/** How many, in the unit of the medicine. */
export function QuantityField({ unit, defaultValue }: { unit: string; defaultValue?: number }) {
  return (
    <FormField
      name="quantity"
      label="Quantity"
      help={`Counted by the ${unit}`}
      inputMode="numeric"
      autoComplete="off"
      required
      {...(defaultValue === undefined ? {} : { defaultValue })}
    />
  );
}

/** Why; it stays in the ledger. */
export function ReasonField({ defaultValue = '', help }: { defaultValue?: string; help?: string }) {
  return (
    <FormField
      name="reason"
      label="Reason"
      autoComplete="off"
      defaultValue={defaultValue}
      required
      maxLength={200}
      {...(help ? { help } : {})}
    />
  );
}
