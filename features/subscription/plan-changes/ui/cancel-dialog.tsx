'use client';
import { useState } from 'react';
import { ActionForm, SubmitButton } from '@/components/forms/action-form';
import { FormRadioGroup, FormTextarea } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { optionsOf } from '@/components/ui/select';
import { dayIn } from '@/features/subscription/billing/ui/labels';
import { acceptDiscountAction, cancelSubscriptionAction, pauseSubscriptionAction } from '../actions';
import { CANCEL_REASONS, type CancelReason, offerFor, STAY_DISCOUNT } from '../policy';
import type { SubscriptionView } from '../queries';
import { useAttempt } from './use-attempt';

const REASONS = optionsOf(CANCEL_REASONS);
const isReason = (value: string): value is CancelReason => value in CANCEL_REASONS;

/** Asks why, offers what may help with that, and ends the subscription with what is paid for. */
export function CancelDialog({
  subscription,
  timeZone,
}: {
  subscription: SubscriptionView;
  timeZone: string;
}) {
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState<CancelReason | null>(null);
  const offer = reason
    ? offerFor(reason, {
        interval: subscription.interval,
        hasHadDiscount: subscription.discount !== null,
        isPaid: subscription.status === 'active',
      })
    : null;
  const day = dayIn(subscription.currentPeriodEnd, timeZone);
  const close = () => setOpen(false);
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        setReason(null);
      }}
    >
      <DialogTrigger asChild>
        <Button variant="ghost">Cancel subscription</Button>
      </DialogTrigger>
      <DialogContent
        title="Cancel the subscription"
        description={`Everything works until ${day}. Your records are kept, and until then you can take this back.`}
      >
        {offer === 'discount' ? <DiscountOffer onDone={close} /> : null}
        {offer === 'pause' ? <PauseOffer onDone={close} /> : null}
        <ActionForm action={useAttempt(cancelSubscriptionAction)} warnOnLeave={false} onSuccess={close}>
          <FormRadioGroup
            name="reason"
            label="Why do you want to leave?"
            required
            options={REASONS}
            onChange={(value) => setReason(isReason(value) ? value : null)}
          />
          <FormTextarea
            name="comment"
            label="What should we know?"
            help="Optional. It is read by people."
            rows={3}
            maxLength={1_000}
          />
          <div className="flex flex-wrap justify-end gap-2">
            <Button onClick={close}>Keep my subscription</Button>
            <SubmitButton variant="danger">Cancel on {day}</SubmitButton>
          </div>
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}

const offerClass = 'mb-5 rounded-lg border border-accent/40 bg-accent-soft/50 p-4';

function DiscountOffer({ onDone }: { onDone: () => void }) {
  return (
    <div className={offerClass}>
      <p className="font-semibold text-text">
        Stay with {STAY_DISCOUNT.percent}% off for {STAY_DISCOUNT.months} months
      </p>
      <p className="mb-3 text-[0.8125rem] text-text-muted">
        The discount counts from your next invoice. Nothing else changes.
      </p>
      <ActionForm action={useAttempt(acceptDiscountAction)} warnOnLeave={false} onSuccess={onDone}>
        <SubmitButton className="justify-self-start">Take {STAY_DISCOUNT.percent}% off</SubmitButton>
      </ActionForm>
    </div>
  );
}

const MONTHS = [
  { value: '1', label: '1 month' },
  { value: '2', label: '2 months' },
  { value: '3', label: '3 months' },
];

function PauseOffer({ onDone }: { onDone: () => void }) {
  return (
    <div className={offerClass}>
      <p className="font-semibold text-text">Pause instead</p>
      <p className="mb-3 text-[0.8125rem] text-text-muted">
        Nothing is charged, your records can be seen, printed and exported, and it goes on by itself.
      </p>
      <PauseForm onDone={onDone} />
    </div>
  );
}

function PauseForm({ onDone }: { onDone: () => void }) {
  return (
    <ActionForm action={useAttempt(pauseSubscriptionAction)} warnOnLeave={false} onSuccess={onDone}>
      <FormRadioGroup name="months" label="Pause for" options={MONTHS} defaultValue="1" />
      <SubmitButton className="justify-self-start">Pause the subscription</SubmitButton>
    </ActionForm>
  );
}

/** A break of one to three months from the end of what is paid for. */
export function PauseDialog({
  subscription,
  timeZone,
}: {
  subscription: SubscriptionView;
  timeZone: string;
}) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="ghost">Pause</Button>
      </DialogTrigger>
      <DialogContent
        title="Pause the subscription"
        description={`What you have paid for lasts until ${dayIn(subscription.currentPeriodEnd, timeZone)}. Then nothing is charged and your organization is read-only, until it goes on by itself.`}
      >
        <PauseForm onDone={() => setOpen(false)} />
      </DialogContent>
    </Dialog>
  );
}
