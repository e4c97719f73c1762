'use client';
import { type ReactNode, useCallback, useState } from 'react';
import { ActionForm, SubmitButton } from '@/components/forms/action-form';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { Skeleton } from '@/components/ui/skeleton';
import { type Interval, PLANS } from '@/features/subscription/billing/plans';
import type { SoldPlan } from '@/features/subscription/billing/price-list';
import { dayIn } from '@/features/subscription/billing/ui/labels';
import type { ActionResult } from '@/lib/action-result';
import { formatMoney } from '@/lib/money';
import { previewChangeAction, upgradeNowAction } from '../actions';
import type { ChangePreview } from '../service/change';
import { useAttempt } from './use-attempt';

type Props = { plan: SoldPlan; interval: Interval; timeZone: string; trigger: ReactNode };
type Reading = { preview?: ChangePreview; problem?: string };

/** What the change costs today and afterwards, as Stripe computes it, then the change itself. */
export function UpgradeDialog({ plan, interval, timeZone, trigger }: Props) {
  const [open, setOpen] = useState(false);
  const [reading, setReading] = useState<Reading>({});
  const load = useCallback(async () => {
    setReading({});
    const form = new FormData();
    form.set('plan', plan);
    form.set('interval', interval);
    const result = await previewChangeAction({ status: 'idle' }, form);
    if (result.status === 'ok') setReading({ preview: result.data });
    else if (result.status !== 'idle')
      setReading({ problem: result.message ?? 'The price could not be worked out.' });
  }, [plan, interval]);
  const change = (next: boolean) => {
    setOpen(next);
    if (next) void load();
  };
  const attempted = useAttempt(upgradeNowAction);
  // What was shown is what is charged: after a refusal the price of that moment is asked again.
  const upgrade = async (previous: ActionResult<{ plan: SoldPlan }>, form: FormData) => {
    const result = await attempted(previous, form);
    if (result.status === 'error' && result.code === 'CONFLICT') void load();
    return result;
  };
  const { preview, problem } = reading;
  return (
    <Dialog open={open} onOpenChange={change}>
      <DialogTrigger asChild>{trigger}</DialogTrigger>
      <DialogContent title={`${PLANS[plan].name}, paid by the ${interval}`}>
        {problem ? (
          <Alert
            tone="danger"
            live
            title={problem}
            action={<Button onClick={() => void load()}>Try again</Button>}
          />
        ) : null}
        {preview ? (
          <ActionForm action={upgrade} warnOnLeave={false} onSuccess={() => setOpen(false)}>
            <input type="hidden" name="plan" value={plan} />
            <input type="hidden" name="interval" value={interval} />
            <input type="hidden" name="prorationDate" value={preview.prorationDate} />
            <PreviewSummary preview={preview} timeZone={timeZone} />
            <div className="flex flex-wrap justify-end gap-2">
              <Button onClick={() => setOpen(false)}>Not now</Button>
              <SubmitButton>
                {preview.dueTodayCents > 0
                  ? `Pay ${formatMoney(preview.dueTodayCents, preview.currency)} and change`
                  : 'Change now'}
              </SubmitButton>
            </div>
          </ActionForm>
        ) : problem ? null : (
          <div role="status" className="grid gap-3">
            <span className="sr-only">Working out the price</span>
            <Skeleton className="h-6 w-3/4" />
            <Skeleton className="h-16" />
            <Skeleton className="h-9 w-40 justify-self-end" />
          </div>
        )}
      </DialogContent>
    </Dialog>
  );
}

function PreviewSummary({ preview, timeZone }: { preview: ChangePreview; timeZone: string }) {
  const { currency, dueTodayCents, lines, next, taxCents } = preview;
  const money = (cents: number) => formatMoney(cents, currency);
  return (
    <div className="grid gap-3">
      <p className="text-text">
        You pay <strong className="tabular-nums">{money(Math.max(0, dueTodayCents))}</strong> today, then{' '}
        <strong className="tabular-nums">{money(next.cents)}</strong> on {dayIn(next.at, timeZone)}
        {preview.isTrial ? ', when your trial ends' : ''}.
      </p>
      {lines.length > 0 ? (
        <dl className="grid gap-1 rounded-md bg-surface-sunken px-3 py-2 text-[0.8125rem]">
          {lines.map(({ description, cents }) => (
            <div key={`${description}${cents}`} className="flex justify-between gap-4">
              <dt className="text-text-muted">{description}</dt>
              <dd className="text-text tabular-nums">{money(cents)}</dd>
            </div>
          ))}
          {taxCents > 0 ? (
            <div className="flex justify-between gap-4">
              <dt className="text-text-muted">Tax</dt>
              <dd className="text-text tabular-nums">{money(taxCents)}</dd>
            </div>
          ) : null}
        </dl>
      ) : null}
      {dueTodayCents < 0 ? (
        <p className="text-[0.8125rem] text-text-muted">
          {money(-dueTodayCents)} is kept as credit for your next invoices.
        </p>
      ) : null}
      <p className="text-[0.8125rem] text-text-muted">
        If your card is declined, nothing changes and nothing is charged.
      </p>
    </div>
  );
}
