import { PackageCheck } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { buttonClass } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { countWaiting, listWaiting } from '@/features/dispensary/dispenses/queries';
import { pharmacyQuery } from '@/features/dispensary/dispenses/schema';
import { WaitingList } from '@/features/dispensary/dispenses/ui/waiting-list';
import { AutoRefresh } from '@/features/frontdesk/today/ui/auto-refresh';
import { load, staffPage } from '@/lib/actions/staff';
import { withQuery } from '@/lib/address-query';
import { paths } from '@/lib/paths';
import { today } from '@/lib/time';

export const metadata: Metadata = { title: 'Pharmacy' };

export default async function PharmacyPage({ searchParams }: PageProps<'/pharmacy'>) {
  const ctx = await staffPage('dispenses:read');
  const query = pharmacyQuery.parse(await searchParams);
  const [{ waiting, before, after }, counts] = await load(
    Promise.all([listWaiting(ctx, query), countWaiting(ctx)]),
  );
  const { show } = query;
  const tabs = [
    { key: 'waiting', label: `Waiting (${counts.waiting})` },
    { key: 'owed', label: `Owed (${counts.owed})` },
  ];
  return (
    <>
      <AutoRefresh seconds={15} />
      <PageHeader
        title="Pharmacy"
        description="Who waits with a prescription, oldest first."
        actions={
          <>
            <Link href={paths.registers} className={buttonClass()}>
              Registers
            </Link>
            <Link href={paths.lotRecalls} className={buttonClass()}>
              Recalled lots
            </Link>
          </>
        }
      />
      <nav aria-label="Which prescriptions" className="mb-4 flex flex-wrap gap-2">
        {tabs.map(({ key, label }) => (
          <Link
            key={key}
            href={withQuery(paths.pharmacy, { show: key })}
            aria-current={show === key ? 'page' : undefined}
            className={buttonClass({ size: 'sm', variant: show === key ? 'primary' : 'secondary' })}
          >
            {label}
          </Link>
        ))}
      </nav>
      <Card>
        {waiting.length === 0 ? (
          <EmptyState
            icon={<PackageCheck />}
            title={show === 'owed' ? 'Nothing is owed' : 'Nobody waits with a prescription'}
          >
            {show === 'owed'
              ? 'What could not be given whole stands here until the rest is given.'
              : 'A prescription is here as soon as the doctor has signed it.'}
          </EmptyState>
        ) : (
          <WaitingList
            waiting={waiting}
            today={today(ctx.timeZone)}
            timeZone={ctx.timeZone}
            canDispense={ctx.can('dispenses:write')}
          />
        )}
      </Card>
      <Pagination
        className="mt-4"
        previousHref={before ? withQuery(paths.pharmacy, { show, before }) : null}
        nextHref={after ? withQuery(paths.pharmacy, { show, after }) : null}
      />
    </>
  );
}
