import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import type { FormAction } from '@/lib/action-result';
import { ActionButton } from './action-button';
import { ConfirmAction } from './confirm-action';

/** Closes a place after a question, or opens a closed one again. */
export function OpenState<T>({
  name,
  isOpen,
  confirm,
  description,
  fields,
  close,
  reopen,
}: {
  name: string;
  isOpen: boolean;
  /** "Close the branch" */
  confirm: string;
  /** What closing it means. */
  description: ReactNode;
  fields: Record<string, string>;
  close: FormAction<T>;
  reopen: FormAction<T>;
}) {
  return isOpen ? (
    <ConfirmAction
      trigger={
        <Button size="sm" aria-label={`Close ${name}`}>
          Close
        </Button>
      }
      title={`Close ${name}?`}
      description={description}
      confirm={confirm}
      action={close}
      fields={fields}
    />
  ) : (
    <ActionButton size="sm" action={reopen} fields={fields} aria-label={`Open ${name} again`}>
      Open again
    </ActionButton>
  );
}
