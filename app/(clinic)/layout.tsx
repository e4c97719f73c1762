import Link from 'next/link';
import type { ReactNode } from 'react';
import { AppShell } from '@/components/layout/app-shell';
import { clinicNavigation } from '@/components/layout/clinic-navigation';
import { Alert } from '@/components/ui/alert';
import { failPage } from '@/lib/actions/failure';
import { getPrincipal, type StaffPrincipal } from '@/lib/auth/principal';
import { PLANS } from '@/lib/features/billing/plans';
import { paths } from '@/lib/paths';

/** The frame only. Each page passes its own gate: a layout does not run again on navigation and never for an action. */
export default async function ClinicLayout({ children }: { children: ReactNode }) {
  const principal = await getPrincipal().catch(failPage);
  if (principal?.kind !== 'staff') return children;
  const { sections, mobile, actions } = clinicNavigation(principal.role);
  return (
    <AppShell
      navigation={sections}
      mobileItems={mobile}
      actions={actions}
      organization={{
        name: principal.organization.organizationName,
        hint: `${PLANS[principal.organization.plan].name} plan`,
      }}
      homeHref={paths.today}
      person={{ name: principal.name, email: principal.email, role: principal.role }}
      accountHref={paths.account}
      banner={<Banner principal={principal} />}
    >
      {children}
    </AppShell>
  );
}

function Banner({ principal }: { principal: StaffPrincipal }) {
  const { status } = principal.organization;
  const isPayer = principal.role === 'owner';
  const billing = isPayer ? (
    <Link href={paths.billing} className="font-medium text-text underline underline-offset-2">
      Open billing
    </Link>
  ) : null;
  if (status === 'past_due') {
    return (
      <Alert tone="warning" className="no-print rounded-none border-x-0 border-t-0" action={billing}>
        The last payment failed. Everything works;{' '}
        {isPayer ? 'please check the card.' : 'your owner has been told.'}
      </Alert>
    );
  }
  if (status === 'read_only') {
    return (
      <Alert tone="danger" className="no-print rounded-none border-x-0 border-t-0" action={billing}>
        Your organization is read-only until its invoice is paid. Records can be seen, printed and exported.
      </Alert>
    );
  }
  if (!principal.isEmailVerified) {
    return (
      <Alert
        tone="info"
        className="no-print rounded-none border-x-0 border-t-0"
        action={
          <Link href={paths.account} className="font-medium text-text underline underline-offset-2">
            Send it again
          </Link>
        }
      >
        Please confirm your e-mail address with the link that we sent to {principal.email}.
      </Alert>
    );
  }
  return null;
}
