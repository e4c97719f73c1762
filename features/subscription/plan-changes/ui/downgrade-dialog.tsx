'use client';
import { type ReactNode, useState } from 'react';
import { ActionForm, SubmitButton } from '@/components/forms/action-form';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { type Interval, PLANS } from '@/features/subscription/billing/plans';
import { dayIn, priceIn } from '@/features/subscription/billing/ui/labels';
import type { PlanId } from '@/lib/master/vocabulary';
import { scheduleChangeAction } from '../actions';
import { overLimits } from '../policy';
import type { SubscriptionPage, SubscriptionView } from '../queries';
import { useAttempt } from './use-attempt';

/** Says when a smaller plan begins and what will not fit into it; growth is all that stops. */
export function DowngradeDialog({
  plan,
  interval,
  cents,
  page,
  subscription,
  timeZone,
  trigger,
}: {
  plan: PlanId;
  interval: Interval;
  cents: number;
  page: SubscriptionPage;
  subscription: SubscriptionView;
  timeZone: string;
  trigger: ReactNode;
}) {
  const [open, setOpen] = useState(false);
  const over = overLimits(page, plan);
  const day = dayIn(subscription.currentPeriodEnd, timeZone);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>{trigger}</DialogTrigger>
      <DialogContent title={`${PLANS[plan].name}, paid by the ${interval}`}>
        <ActionForm
          action={useAttempt(scheduleChangeAction)}
          warnOnLeave={false}
          onSuccess={() => setOpen(false)}
        >
          <input type="hidden" name="plan" value={plan} />
          <input type="hidden" name="interval" value={interval} />
          <p className="text-text">
            From <strong>{day}</strong> you pay {priceIn(cents, subscription.currency, interval)}. Until then
            nothing changes, and you can undo it.
          </p>
          {over.length > 0 ? (
            <Alert tone="warning" title="What will be over the limit">
              <ul className="grid list-disc gap-1 pl-4">
                {over.map((sentence) => (
                  <li key={sentence}>{sentence}</li>
                ))}
              </ul>
            </Alert>
          ) : (
            <p className="text-[0.8125rem] text-text-muted">
              All that you use today fits. Nothing is deleted.
            </p>
          )}
          <div className="flex flex-wrap justify-end gap-2">
            <Button onClick={() => setOpen(false)}>Keep my plan</Button>
            <SubmitButton>Change on {day}</SubmitButton>
          </div>
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}
