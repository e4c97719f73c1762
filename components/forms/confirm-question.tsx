'use client';
import type { ReactNode } from 'react';
import { DialogContent } from '@/components/ui/dialog';
import type { FormAction } from '@/lib/action-result';
import { ActionForm, SubmitButton } from './action-form';
import { DialogFormBody } from './dialog-form';

export type Question<T> = {
  title: string;
  description?: ReactNode;
  confirm: string;
  tone?: 'primary' | 'danger';
  action: FormAction<T>;
  /** Hidden fields. */
  fields: Record<string, string>;
  children?: ReactNode;
  onDone?: (data: T) => void;
};

/** The body of `ConfirmAction`. */
export function ConfirmQuestion<T>({
  title,
  description,
  confirm,
  tone = 'danger',
  action,
  fields,
  children,
  onDone,
  onClose,
}: Question<T> & { onClose: () => void }) {
  return (
    <DialogContent title={title} {...(description ? { description } : {})}>
      <ActionForm
        action={action}
        warnOnLeave={false}
        onSuccess={(data) => {
          onClose();
          onDone?.(data);
        }}
      >
        <DialogFormBody
          fields={fields}
          cancel="Keep as it is"
          submit={<SubmitButton variant={tone}>{confirm}</SubmitButton>}
          onClose={onClose}
        >
          {children}
        </DialogFormBody>
      </ActionForm>
    </DialogContent>
  );
}
