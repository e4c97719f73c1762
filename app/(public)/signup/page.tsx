import type { Metadata } from 'next';
import { Card } from '@/components/ui/card';
import { SignupForm } from '@/features/fleet/signup/ui/signup-form';
import { currencies } from '@/features/subscription/billing/catalog';
import { countryOptions } from '@/lib/countries';
import { env } from '@/lib/env';
import { PLAN_IDS } from '@/lib/master/vocabulary';
import { paths } from '@/lib/paths';

export const metadata: Metadata = {
  title: 'Sign up',
  description: 'Sign your eye hospital up: choose a plan, pay or start free, and work within a minute.',
  alternates: { canonical: paths.signup() },
};

export default async function SignupPage({ searchParams }: PageProps<'/signup'>) {
  const { plan: asked, interval: by } = await searchParams;
  const plan = PLAN_IDS.find((id) => id === asked) ?? null;
  return (
    <div className="mx-auto w-full max-w-xl px-5 py-10">
      <h1 className="text-center text-2xl font-semibold tracking-tight">Sign up your hospital</h1>
      <p className="mb-2 mt-1 text-center text-text-muted">
        Two short steps, then the payment. Your own database is ready seconds later.
      </p>
      <Card className="p-6 sm:p-8">
        <SignupForm
          plan={plan}
          interval={by === 'year' ? 'year' : 'month'}
          currencies={currencies()}
          isTaxAdded={env().BILLING_TAX === 'on'}
          countries={countryOptions()}
        />
      </Card>
      <p className="mt-5 text-center text-[13px] text-text-muted">
        Signed up already?{' '}
        <a href={paths.login} className="font-medium text-accent-strong hover:underline">
          Sign in
        </a>
      </p>
    </div>
  );
}
