'use client';
import type { ReactNode } from 'react';
import { DialogContent } from '@/components/ui/dialog';
import { ActionForm, type ActionFormProps, SubmitButton } from './action-form';
import { DialogFormBody } from './dialog-form';

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
        <DialogFormBody
          fields={fields}
          cancel="Cancel"
          submit={<SubmitButton pendingLabel="Saving">{submit}</SubmitButton>}
          onClose={onClose}
        >
          {children}
        </DialogFormBody>
      </ActionForm>
    </DialogContent>
  );
}
