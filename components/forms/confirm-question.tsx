'use client';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { DialogContent } from '@/components/ui/dialog';
import type { FormAction } from '@/lib/action-result';
import { ActionForm, SubmitButton } from './action-form';

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
        {Object.entries(fields).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        {children}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Keep as it is</Button>
          <SubmitButton variant={tone}>{confirm}</SubmitButton>
        </div>
      </ActionForm>
    </DialogContent>
  );
}
