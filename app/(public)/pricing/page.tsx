import type { Metadata } from 'next';
import { planHrefs } from '@/app/(public)/_marketing/plan-hrefs';
import { Questions } from '@/app/(public)/_marketing/questions';
import { ScrollRegion } from '@/components/ui/scroll-region';
import { currencies } from '@/features/subscription/billing/catalog';
import { PLANS } from '@/features/subscription/billing/plans';
import { PlanCards } from '@/features/subscription/billing/ui/plan-cards';
import { PLAN_IDS } from '@/lib/master/vocabulary';
import { formatBytes } from '@/lib/money';
import { paths } from '@/lib/paths';

export const metadata: Metadata = {
  title: 'Pricing',
  description:
    'Three plans for eye clinics and hospitals, by the month or the year, each with a database of its own.',
  alternates: { canonical: paths.pricing },
};

const ROWS: { label: string; of: (id: (typeof PLAN_IDS)[number]) => string }[] = [
  { label: 'Staff accounts', of: (id) => PLANS[id].maxUsers?.toString() ?? 'As agreed' },
  { label: 'Branches', of: (id) => PLANS[id].maxBranches?.toString() ?? 'As agreed' },
  {
    label: 'Storage',
    of: (id) =>
      PLANS[id].maxStorageBytes === null ? 'As agreed' : formatBytes(PLANS[id].maxStorageBytes ?? 0),
  },
  { label: 'Reports', of: (id) => (PLANS[id].enableAnalytics ? 'Basic and advanced' : 'Basic') },
  { label: 'Support', of: (id) => PLANS[id].support },
  { label: 'Database', of: (id) => PLANS[id].database },
];

export default function PricingPage() {
  return (
    <div className="mx-auto w-full max-w-6xl px-5 py-14">
      <h1 className="text-center text-4xl font-semibold tracking-tight">Three plans, one product</h1>
      <p className="mx-auto mb-10 mt-3 max-w-xl text-center text-lg text-text-muted">
        Every plan has every screen of the clinic and a database of your own. Pay by the month or by the year;
        start with 14 days free if you like.
      </p>
      <PlanCards currencies={currencies()} hrefs={planHrefs} />
      <h2 className="mb-4 mt-16 text-xl font-semibold">Side by side</h2>
      <ScrollRegion
        aria-label="Plans side by side"
        className="rounded-lg border border-border bg-surface-raised"
      >
        <table className="w-full min-w-xl text-left">
          <thead>
            <tr className="border-b border-border text-[13px] text-text-muted">
              <td className="px-5 py-3" />
              {PLAN_IDS.map((id) => (
                <th key={id} scope="col" className="px-5 py-3 font-medium">
                  {PLANS[id].name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="divide-y divide-border">
            {ROWS.map((row) => (
              <tr key={row.label}>
                <th scope="row" className="px-5 py-3 font-medium">
                  {row.label}
                </th>
                {PLAN_IDS.map((id) => (
                  <td key={id} className="px-5 py-3 text-text-muted">
                    {row.of(id)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      <h2 className="mt-16 mb-4 text-xl font-semibold">Questions</h2>
      <Questions />
    </div>
  );
}
