'use client';
import { type ReactNode, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import type { FormAction } from '@/lib/action-result';
import { ActionForm, SubmitButton } from './action-form';

type ConfirmActionProps<T> = {
  trigger: ReactNode;
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

/** Asks before something that cannot simply be taken back, with room for a reason. */
export function ConfirmAction<T>({
  trigger,
  title,
  description,
  confirm,
  tone = 'danger',
  action,
  fields,
  children,
  onDone,
}: ConfirmActionProps<T>) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>{trigger}</DialogTrigger>
      <DialogContent title={title} {...(description ? { description } : {})}>
        <ActionForm
          action={action}
          warnOnLeave={false}
          onSuccess={(data) => {
            setOpen(false);
            onDone?.(data);
          }}
        >
          {Object.entries(fields).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          {children}
          <div className="flex justify-end gap-2">
            <Button onClick={() => setOpen(false)}>Keep as it is</Button>
            <SubmitButton variant={tone}>{confirm}</SubmitButton>
          </div>
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}
