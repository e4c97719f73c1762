'use client';
import { useEffect, useState } from 'react';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import Link from '@/components/ui/link';
import { type ProgressStep, ProgressSteps } from '@/components/ui/progress-steps';
import {
  type OrganizationState,
  type PlanId,
  PROVISIONING_STEPS,
  type ProvisioningStep,
} from '@/lib/master/vocabulary';
import { paths } from '@/lib/paths';
import { PaymentButton } from './payment-button';

type Status = {
  organizationName: string;
  plan: PlanId;
  state: OrganizationState;
  provisioning: { step: ProvisioningStep; stepIndex: number; hasTrouble: boolean; isDone: boolean } | null;
};

/** What people read, and the step after which it is done. */
const STAGES: { label: string; doneAt: ProvisioningStep }[] = [
  { label: 'A place on our servers', doneAt: 'placed' },
  { label: 'A database of your own', doneAt: 'database_ready' },
  { label: 'Its own user and password', doneAt: 'connected' },
  { label: 'Tables for patients, appointments, queue and medicines', doneAt: 'seeded' },
  { label: 'Encryption keys', doneAt: 'keys_created' },
  { label: 'Proof that nobody else can reach it', doneAt: 'verified' },
  { label: 'Ready', doneAt: 'active' },
];

function stagesOf({ state, provisioning }: Status): ProgressStep[] {
  const isPaid = state !== 'pending_payment';
  const at = provisioning?.stepIndex ?? (isPaid ? 0 : -1);
  let hasCurrent = !isPaid;
  const payment: ProgressStep = { id: 'payment', label: 'Payment', state: isPaid ? 'done' : 'current' };
  return [
    payment,
    ...STAGES.map(({ label, doneAt }): ProgressStep => {
      if (at >= PROVISIONING_STEPS.indexOf(doneAt)) return { id: doneAt, label, state: 'done' };
      if (hasCurrent) return { id: doneAt, label, state: 'todo' };
      hasCurrent = true;
      return {
        id: doneAt,
        label,
        state: 'current',
        ...(provisioning?.hasTrouble ? { detail: 'Being tried again' } : {}),
      };
    }),
  ];
}

type SignupProgressProps = {
  initial: Status;
  token: string;
  isBackFromPayment: boolean;
  isCanceled: boolean;
  publishableKey: string | null;
};

/** The way from payment to a ready workspace, live. */
export function SignupProgress({
  initial,
  token,
  isBackFromPayment,
  isCanceled,
  publishableKey,
}: SignupProgressProps) {
  const [status, setStatus] = useState(initial);
  const [hasLostTouch, setLostTouch] = useState(false);
  const isDone = status.state === 'active' || status.state === 'past_due';
  // One who accepted an offer and paid it has asked before, and waits for the bank like any other.
  const isUnconfirmed =
    (status.state === 'pending_payment' || status.state === 'requested') && isBackFromPayment;
  const isWaiting = status.state === 'provisioning' || isUnconfirmed;

  useEffect(() => {
    if (isDone || (status.state === 'requested' && !isBackFromPayment)) return;
    let stopped = false;
    let timer: ReturnType<typeof setTimeout>;
    async function ask() {
      try {
        const answer = await fetch(paths.signupProgress, { cache: 'no-store' });
        if (!answer.ok) throw new Error(String(answer.status));
        const fresh: Status = await answer.json();
        if (!stopped) {
          setStatus(fresh);
          setLostTouch(false);
        }
      } catch {
        if (!stopped) setLostTouch(true);
      }
      if (!stopped) timer = setTimeout(ask, isWaiting ? 400 : 3_000);
    }
    timer = setTimeout(ask, 400);
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [isDone, isWaiting, isBackFromPayment, status.state]);

  if (status.state === 'requested' && !isBackFromPayment) {
    return (
      <Alert tone="success" title="We have your request">
        Our sales team will contact you within one working day to agree on users, storage and price for{' '}
        {status.organizationName}.
      </Alert>
    );
  }
  if (status.state === 'canceled' || status.state === 'suspended') {
    return (
      <Alert tone="warning">
        The subscription of {status.organizationName} is not active. Sign in to start it again.
      </Alert>
    );
  }
  return (
    <div className="space-y-6" aria-live="polite">
      {isCanceled && status.state === 'pending_payment' ? (
        <Alert tone="warning" title="The payment was not finished">
          Nothing was charged. Your details are saved; continue whenever you like.
        </Alert>
      ) : null}
      {hasLostTouch ? (
        <Alert tone="warning">We have lost touch for a moment and keep trying. Your payment is safe.</Alert>
      ) : null}
      {isUnconfirmed ? (
        <p className="text-text-muted">Waiting for the bank to confirm; this takes a few seconds.</p>
      ) : null}
      <ProgressSteps label="Progress" steps={stagesOf(status)} />
      {status.provisioning?.hasTrouble && !isDone ? (
        <Alert tone="warning">
          One step is being tried again. You need not stay: we will mail you when it is ready.
        </Alert>
      ) : null}
      {status.state === 'pending_payment' && !isWaiting ? (
        <PaymentButton token={token} publishableKey={publishableKey} />
      ) : null}
      {isDone ? (
        <>
          <Button asChild variant="primary" size="lg" className="w-full">
            <Link href={paths.login}>Go to sign in</Link>
          </Button>
          {/* The same for everybody: whether the address had an account is told to its mailbox alone. */}
          <p className="text-center text-[13px] text-text-muted">
            If you had an account with this address before, its password stays as it was: open the link that
            we have mailed you.
          </p>
        </>
      ) : null}
    </div>
  );
}
