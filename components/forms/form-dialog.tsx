'use client';
import { type ReactNode, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { ActionForm, type ActionFormProps, SubmitButton } from './action-form';

type FormDialogProps<T> = Pick<ActionFormProps<T>, 'action' | 'schema' | 'version' | 'draft'> & {
  /** What opens it. */
  trigger: ReactNode;
  title: string;
  description?: ReactNode;
  /** Of the button that saves. */
  submit: string;
  /** Hidden fields. */
  fields?: Readonly<Record<string, string>>;
  children: ReactNode;
};

/** A form above the page that adds one thing or changes one, and closes when that is saved. */
export function FormDialog<T>({
  trigger,
  title,
  description,
  submit,
  fields = {},
  children,
  ...form
}: FormDialogProps<T>) {
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>{trigger}</DialogTrigger>
      <DialogContent title={title} {...(description ? { description } : {})}>
        <ActionForm {...form} label={title} onSuccess={close}>
          {Object.entries(fields).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          {children}
          <div className="flex justify-end gap-2">
            <Button onClick={close}>Cancel</Button>
            <SubmitButton pendingLabel="Saving">{submit}</SubmitButton>
          </div>
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}
