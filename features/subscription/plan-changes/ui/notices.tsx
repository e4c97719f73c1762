import { Alert } from '@/components/ui/alert';
import { PLANS } from '@/features/subscription/billing/plans';
import { dayIn, priceIn } from '@/features/subscription/billing/ui/labels';
import { formatMoney } from '@/lib/money';
import { overLimits } from '../policy';
import type { SubscriptionPage, SubscriptionView } from '../queries';
import {
  KeepSubscriptionButton,
  ReactivateButton,
  ResumeButton,
  RetryPaymentButton,
  UndoChangeButton,
  UpdateCardButton,
} from './verbs';

type Props = { page: SubscriptionPage; timeZone: string; canChange: boolean };

/** What the owner should know or do now, most urgent first. */
export function BillingNotices({ page, timeZone, canChange }: Props) {
  const { subscription } = page;
  if (!subscription) return null;
  return (
    <div className="grid gap-3 empty:hidden">
      <Unpaid {...{ page, timeZone, canChange, subscription }} />
      {subscription.isLive ? (
        <>
          <Ending {...{ page, timeZone, canChange, subscription }} />
          <Paused {...{ page, timeZone, canChange, subscription }} />
          <Changing {...{ page, timeZone, canChange, subscription }} />
          <Trial {...{ page, timeZone, canChange, subscription }} />
        </>
      ) : (
        <Alert
          tone="warning"
          title="The subscription has ended"
          action={canChange && page.plan !== 'enterprise' ? <ReactivateButton size="sm" /> : null}
        >
          Your records are kept.{' '}
          {page.plan === 'enterprise'
            ? 'Ask our sales team for a new offer to work in them again.'
            : `Start it again at ${priceIn(subscription.cents, subscription.currency, subscription.interval)} to work in them.`}
        </Alert>
      )}
    </div>
  );
}

type NoticeProps = Props & { subscription: SubscriptionView };

const NEXT_STAGE = {
  retrying: (day: string) =>
    `Everything works until ${day}. After that your organization is read-only: records can be seen, printed and exported.`,
  read_only: (day: string) =>
    `Your organization is read-only. Records can be seen, printed and exported until ${day}; after that it is suspended.`,
  suspended: (day: string) =>
    `Your organization is suspended. Its records are kept. Without a payment the subscription ends on ${day}.`,
  canceled: () => 'The subscription is being ended. Paying now still opens your organization again.',
} as const;

function Unpaid({ page, timeZone, canChange, subscription }: NoticeProps) {
  const isUnpaid = subscription.status === 'past_due' || subscription.status === 'unpaid';
  if (!isUnpaid) return null;
  const { nonPayment } = page;
  const invoice = subscription.latestInvoice;
  const cents = nonPayment?.owedCents ?? invoice?.remainingCents ?? 0;
  const since = nonPayment ? ` on ${dayIn(nonPayment.since, timeZone)}` : '';
  const owed = cents > 0 ? `${formatMoney(cents, subscription.currency)} is open. ` : '';
  return (
    <Alert
      tone="danger"
      title={`The payment failed${since}`}
      action={
        canChange ? (
          <div className="flex flex-wrap gap-2">
            <UpdateCardButton size="sm" />
            <RetryPaymentButton size="sm" />
          </div>
        ) : null
      }
    >
      {owed}
      {nonPayment
        ? NEXT_STAGE[nonPayment.stage](nonPayment.nextStageAt ? dayIn(nonPayment.nextStageAt, timeZone) : '')
        : 'Nothing is switched off yet.'}
      {invoice?.nextAttemptAt ? ` We try again on ${dayIn(invoice.nextAttemptAt, timeZone)}.` : ''}
      {invoice?.hostedUrl ? (
        <>
          {' '}
          <a
            href={invoice.hostedUrl}
            className="text-accent underline underline-offset-4"
            target="_blank"
            rel="noreferrer"
          >
            Open the invoice
          </a>
        </>
      ) : null}
    </Alert>
  );
}

function Ending({ timeZone, canChange, subscription }: NoticeProps) {
  if (!subscription.cancelAtPeriodEnd) return null;
  return (
    <Alert
      tone="warning"
      title={`Your subscription ends on ${dayIn(subscription.currentPeriodEnd, timeZone)}`}
      action={canChange ? <KeepSubscriptionButton size="sm" /> : null}
    >
      Everything works until then. Your records are kept afterwards, and you can start again.
    </Alert>
  );
}

function Paused({ page, timeZone, canChange, subscription }: NoticeProps) {
  if (!subscription.pause) return null;
  const { resumesAt } = subscription.pause;
  const until = resumesAt ? ` It goes on by itself on ${dayIn(resumesAt, timeZone)}.` : '';
  return (
    <Alert
      tone="info"
      title="Your subscription is paused"
      action={canChange ? <ResumeButton size="sm" /> : null}
    >
      {page.state === 'read_only'
        ? 'Records can be seen, printed and exported; nothing is charged.'
        : `What you have paid for lasts until ${dayIn(subscription.currentPeriodEnd, timeZone)}; then your organization is read-only and nothing is charged.`}
      {until}
    </Alert>
  );
}

function Changing({ page, timeZone, canChange, subscription }: NoticeProps) {
  const change = subscription.pendingChange;
  if (!change) return null;
  const over = overLimits(page, change.plan);
  return (
    <Alert
      tone={over.length > 0 ? 'warning' : 'info'}
      title={`${PLANS[change.plan].name}, ${priceIn(change.cents, subscription.currency, change.interval)}, from ${dayIn(change.at, timeZone)}`}
      action={canChange ? <UndoChangeButton size="sm" /> : null}
    >
      {over.length > 0 ? (
        <ul className="grid list-disc gap-1 pl-4">
          {over.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      ) : (
        'Until then nothing changes. Nothing is deleted.'
      )}
    </Alert>
  );
}

function Trial({ timeZone, canChange, subscription }: NoticeProps) {
  if (!subscription.trialEnd || subscription.cancelAtPeriodEnd) return null;
  return (
    <Alert
      title={`Your trial ends on ${dayIn(subscription.trialEnd, timeZone)}`}
      action={
        canChange && !subscription.card ? (
          <UpdateCardButton size="sm" variant="primary" label="Add a card" />
        ) : null
      }
    >
      {subscription.card
        ? `Then ${priceIn(subscription.cents, subscription.currency, subscription.interval)} is charged to your card. Cancel before that day and nothing is charged.`
        : 'Add a card to go on after that day. Without one your organization becomes read-only; nothing is lost.'}
    </Alert>
  );
}
