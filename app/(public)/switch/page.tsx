import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { Alert } from '@/components/ui/alert';
import Link from '@/components/ui/link';
import { EntryCard } from '@/features/identity/account/ui/entry-card';
import { listPeople } from '@/features/identity/shared-computer/queries';
import { ComeBackForm } from '@/features/identity/shared-computer/ui/pin-forms';
import { failPage } from '@/lib/actions/failure';
import { getPrincipal } from '@/lib/auth/principal';
import { requestFacts } from '@/lib/auth/request';
import { paths } from '@/lib/paths';
import { safeNext } from '@/lib/safe-next';

export const metadata: Metadata = { title: 'Switch user', robots: { index: false } };

export default async function SwitchPage({ searchParams }: PageProps<'/switch'>) {
  const next = safeNext((await searchParams).next);
  const [principal, people] = await Promise.all([
    getPrincipal(),
    listPeople((await requestFacts()).deviceId),
  ]).catch(failPage);
  if (people.length === 0) redirect(next ? `${paths.login}?next=${encodeURIComponent(next)}` : paths.login);
  return (
    <EntryCard
      title="Who is at this computer?"
      description="You were signed in here today. Your PIN brings you back to where you were."
    >
      {principal ? (
        <Alert tone="info" className="mb-5">
          {principal.name} is signed in here now.{' '}
          <Link href={paths.today} className="underline underline-offset-2">
            Go on as {principal.name}
          </Link>
        </Alert>
      ) : null}
      <ComeBackForm people={people} next={next} />
    </EntryCard>
  );
}
