'use client';

import { startTransition, useEffect, useRef, useState } from 'react';
import type { FormAction } from '@/lib/action-result';
import { Button, type ButtonProps } from '../ui/button';
import { toast } from '../ui/toast';
import { handOn } from './hand-on';
import { runAction } from './run-action';

/** One press, one server action. A refusal is said in the corner; the page stays as it is. */
export function ActionButton<T>({
  action,
  fields = {},
  savesFirst = false,
  ...props
}: Omit<ButtonProps, 'onClick' | 'type' | 'pending' | 'asChild'> & {
  action: FormAction<T>;
  fields?: Record<string, string>;
  /** Saves what is open on the page before it acts, or says what stands against that. */
  savesFirst?: boolean;
}) {
  const [pending, setPending] = useState(false);
  const latest = useRef(fields);
  useEffect(() => {
    latest.current = fields;
  });
  const press = async () => {
    setPending(true);
    // Not inside a transition: forms that are saved first would wait for it to end, and it for them.
    const refusal = savesFirst ? await handOn(action, () => latest.current) : await runAction(action, fields);
    if (refusal) toast.error(refusal);
    // Together with what the answer changes on the page.
    startTransition(() => setPending(false));
  };
  return <Button {...props} pending={pending} onClick={() => void press()} />;
}
