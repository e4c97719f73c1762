'use client';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { DialogContent } from '@/components/ui/dialog';
import { ActionForm, type ActionFormProps, SubmitButton } from './action-form';

export type FormOfDialog<T> = Pick<ActionFormProps<T>, 'action' | 'schema' | 'version' | 'draft'> & {
  title: string;
  description?: ReactNode;
  /** Of the button that saves. */
  submit: string;
  /** Hidden fields. */
  fields?: Readonly<Record<string, string>>;
  children: ReactNode;
};

/** The body of `FormDialog`. */
export function FormDialogContent<T>({
  title,
  description,
  submit,
  fields = {},
  children,
  onClose,
  ...form
}: FormOfDialog<T> & { onClose: () => void }) {
  return (
    <DialogContent title={title} {...(description ? { description } : {})}>
      <ActionForm {...form} label={title} onSuccess={onClose}>
        {Object.entries(fields).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        {children}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <SubmitButton pendingLabel="Saving">{submit}</SubmitButton>
        </div>
      </ActionForm>
    </DialogContent>
  );
}
