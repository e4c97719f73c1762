import { Check } from 'lucide-react';
import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { PLAN_IDS } from '@/lib/master/vocabulary';
import { formatMoney } from '@/lib/money';
import { paths } from '@/lib/paths';
import { PLANS } from '../plans';

const CALL = {
  starter: 'Choose Starter',
  professional: 'Choose Professional',
  enterprise: 'Contact sales',
} as const;

export function PlanCards({ currency = 'usd' }: { currency?: string }) {
  return (
    <div className="grid gap-5 md:grid-cols-3">
      {PLAN_IDS.map((id) => {
        const plan = PLANS[id];
        const isMiddle = id === 'professional';
        return (
          <section
            key={id}
            aria-labelledby={`plan-${id}`}
            className={cn(
              'flex flex-col rounded-xl border bg-surface-raised p-6',
              isMiddle ? 'border-accent shadow-overlay' : 'border-border shadow-raised',
            )}
          >
            <h2 id={`plan-${id}`} className="text-lg font-semibold">
              {plan.name}
            </h2>
            <p className="text-text-muted">{plan.forWhom}</p>
            <p className="mt-5 flex items-baseline gap-1.5">
              <span className="tabular text-4xl font-semibold tracking-tight">
                {plan.priceCentsMonthly === null ? 'Custom' : formatMoney(plan.priceCentsMonthly, currency)}
              </span>
              {plan.priceCentsMonthly === null ? null : <span className="text-text-muted">a month</span>}
            </p>
            <p className="mt-1 text-[13px] text-text-muted">
              {plan.priceCentsYearly === null
                ? 'A price agreed with you'
                : `or ${formatMoney(plan.priceCentsYearly, currency)} a year: twelve months for ten`}
            </p>
            <ul className="mb-6 mt-5 space-y-2.5">
              {plan.highlights.map((line) => (
                <li key={line} className="flex gap-2.5">
                  <Check className="mt-0.5 size-4 shrink-0 text-success" aria-hidden />
                  {line}
                </li>
              ))}
            </ul>
            <Button asChild size="lg" variant={isMiddle ? 'primary' : 'secondary'} className="mt-auto">
              <Link href={paths.signup(id)}>{CALL[id]}</Link>
            </Button>
          </section>
        );
      })}
    </div>
  );
}
