import { PLANS } from '@/features/subscription/billing/plans';
import type { PlatformFigures } from '../queries/overview';
import { inMoney } from './labels';

/** How many customers each plan has, with its share and what it brings in a month. */
export function PlanDistribution({
  plans,
  withMoney,
}: {
  plans: PlatformFigures['plans'];
  /** What they bring in is for those who may see revenue. */
  withMoney: boolean;
}) {
  const all = plans.reduce((sum, { organizations }) => sum + organizations, 0);
  return (
    <ul className="grid gap-5">
      {plans.map(({ plan, organizations, trials, mrr }) => {
        const share = all > 0 ? Math.round((organizations / all) * 100) : 0;
        const { main, others } = inMoney(mrr);
        return (
          <li key={plan} className="grid gap-1.5">
            <div className="flex flex-wrap items-baseline justify-between gap-x-4">
              <span className="font-medium text-text">{PLANS[plan].name}</span>
              <span className="text-[0.8125rem] text-text-muted tabular-nums">
                <span className="font-medium text-text">{organizations}</span>{' '}
                {organizations === 1 ? 'organization' : 'organizations'}
                {trials > 0 ? `, ${trials} on trial` : ''} · {share}%
                {withMoney ? ` · ${main}${others ? ` and ${others}` : ''} a month` : ''}
              </span>
            </div>
            <div aria-hidden="true" className="h-2 overflow-hidden rounded-full bg-surface-sunken">
              <div className="h-full rounded-full bg-accent" style={{ width: `${share}%` }} />
            </div>
          </li>
        );
      })}
    </ul>
  );
}
