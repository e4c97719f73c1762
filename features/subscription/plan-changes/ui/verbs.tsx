'use client';
import { useTransition } from 'react';
import { ActionButton } from '@/components/forms/action-button';
import { Button, type ButtonProps } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { toast } from '@/components/ui/toast';
import type { FormAction } from '@/lib/action-result';
import {
  keepPlanAction,
  keepSubscriptionAction,
  reactivateAction,
  resumeSubscriptionAction,
  retryPaymentAction,
  updateCardAction,
} from '../actions';
import { useAttempt } from './use-attempt';

export function RetryPaymentButton(props: Pick<ButtonProps, 'size'>) {
  return (
    <ActionButton variant="primary" action={useAttempt(retryPaymentAction)} {...props}>
      <Icon of="rotate-ccw" /> Retry payment
    </ActionButton>
  );
}

export function KeepSubscriptionButton(props: Pick<ButtonProps, 'size'>) {
  return (
    <ActionButton variant="primary" action={useAttempt(keepSubscriptionAction)} {...props}>
      Keep my subscription
    </ActionButton>
  );
}

export function UndoChangeButton(props: Pick<ButtonProps, 'size'>) {
  return (
    <ActionButton action={useAttempt(keepPlanAction)} aria-label="Undo the change of plan" {...props}>
      <Icon of="undo-2" /> Undo
    </ActionButton>
  );
}

export function ResumeButton(props: Pick<ButtonProps, 'size'>) {
  return (
    <ActionButton variant="primary" action={useAttempt(resumeSubscriptionAction)} {...props}>
      <Icon of="play" /> Resume now
    </ActionButton>
  );
}

type UrlAction = FormAction<{ url: string }>;

/** Leaves for a page of Stripe's. */
function GoButton({ action, ...props }: { action: UrlAction } & Omit<ButtonProps, 'onClick' | 'type'>) {
  const [pending, start] = useTransition();
  const go = () =>
    start(async () => {
      const result = await action({ status: 'idle' }, new FormData());
      if (result.status === 'ok') {
        window.location.assign(result.data.url);
        // The button waits until the browser has left.
        await new Promise(() => undefined);
      } else if (result.status !== 'idle') toast.error(result.message ?? 'Please try again.');
    });
  return <Button {...props} pending={pending} onClick={go} />;
}

export function UpdateCardButton({ label = 'Update card', ...props }: ButtonProps & { label?: string }) {
  return (
    <GoButton {...props} action={updateCardAction}>
      <Icon of="credit-card" /> {label}
    </GoButton>
  );
}

export function ReactivateButton(props: Pick<ButtonProps, 'size'>) {
  return (
    <GoButton {...props} variant="primary" action={reactivateAction}>
      Start the subscription again
    </GoButton>
  );
}
