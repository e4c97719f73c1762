'use client';

import { useTransition } from 'react';
import type { FormAction } from '@/lib/action-result';
import { Button, type ButtonProps } from '../ui/button';
import { toast } from '../ui/toast';
import { runAction } from './run-action';

/** One press, one server action. A refusal is said in the corner. */
export function ActionButton<T>({
  action,
  fields = {},
  ...props
}: Omit<ButtonProps, 'onClick' | 'type' | 'pending' | 'asChild'> & {
  action: FormAction<T>;
  fields?: Record<string, string>;
}) {
  const [pending, start] = useTransition();
  const press = () =>
    start(async () => {
      const refusal = await runAction(action, fields);
      if (refusal) toast.error(refusal);
    });
  return <Button {...props} pending={pending} onClick={press} />;
}
