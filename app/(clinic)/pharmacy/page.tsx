import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { Alert } from '@/components/ui/alert';
import { buttonClass } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Icon } from '@/components/ui/icon';
import Link from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { SearchInput } from '@/components/ui/search-input';
import { countWaiting, listGivenOut, listWaiting } from '@/features/dispensary/dispenses/queries';
import { pharmacyQuery } from '@/features/dispensary/dispenses/schema';
import { GivenList } from '@/features/dispensary/dispenses/ui/given-list';
import { WaitingList } from '@/features/dispensary/dispenses/ui/waiting-list';
import { AutoRefresh } from '@/features/frontdesk/today/ui/auto-refresh';
import { storesAndCounter } from '@/features/pharmacy/stores/queries';
import { CounterChoice } from '@/features/pharmacy/stores/ui/counter-choice';
import { isScanned, readPrescriptionCode } from '@/features/record/prescriptions/code';
import { readGlassesCode } from '@/features/record/spectacles/code';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';
import { today } from '@/lib/time';

export const metadata: Metadata = { title: 'Pharmacy' };

const EMPTY = {
  waiting: {
    title: 'Nobody waits with a prescription',
    text: 'A prescription is here as soon as the doctor has signed it.',
  },
  earlier: {
    title: 'Everything of earlier days was fetched',
    text: 'What nobody came for stands here from the next day on.',
  },
  owed: {
    title: 'Nothing is owed',
    text: 'What could not be given whole stands here until the rest is given.',
  },
  given: { title: 'Nothing was given yet', text: 'What is dispensed stands here, the newest first.' },
};

export default async function PharmacyPage({ searchParams }: PageProps<'/pharmacy'>) {
  const ctx = await staffPage('dispenses:read');
  const query = pharmacyQuery.parse(await searchParams);
  const scanned = readPrescriptionCode(query.q);
  if (scanned) redirect(paths.dispense(scanned));
  if (readGlassesCode(query.q)) redirect(paths.readGlasses(query.q));
  const { show, q } = query;
  const { offered, counter } = await load(storesAndCounter(ctx));
  const [list, counts] = await load(
    Promise.all([
      show === 'given' ? listGivenOut(ctx, query) : listWaiting(ctx, query, counter.id),
      countWaiting(ctx),
    ]),
  );
  const { before, after } = list;
  const count = 'given' in list ? list.given.length : list.waiting.length;
  const tabs = [
    { key: 'waiting', label: 'Waiting', held: ` (${counts.waiting})` },
    { key: 'earlier', label: 'Earlier days', held: '' },
    { key: 'owed', label: 'Owed', held: ` (${counts.owed})` },
    { key: 'given', label: 'Given', held: '' },
  ];
  return (
    <>
      <AutoRefresh seconds={15} />
      <PageHeader
        title="Pharmacy"
        description="Who waits with a prescription of today, oldest first. Who is looked for is found on any day."
        actions={
          <>
            {ctx.can('purchases:read') ? (
              <Link href={paths.doctorFigures} className={buttonClass()}>
                Figures
              </Link>
            ) : null}
            <Link href={paths.registers} className={buttonClass()}>
              Registers
            </Link>
            <Link href={paths.lotRecalls} className={buttonClass()}>
              Recalled lots
            </Link>
            {ctx.can('sales:write') ? (
              <Link href={paths.newSale} className={buttonClass({ variant: 'primary' })}>
                Sell
              </Link>
            ) : null}
          </>
        }
      />
      {ctx.can('dispenses:write') ? <CounterChoice stores={offered} chosen={counter} /> : null}
      <div className="mb-4">
        <SearchInput
          label="Find a patient or scan a code"
          placeholder="Name, number, token or code"
          className="sm:max-w-md"
        />
      </div>
      {isScanned(q) ? (
        <Alert tone="warning" className="mb-4" title="This code cannot be read">
          Scan it again, or search for the patient. Codes are on prescriptions and glasses of this hospital.
        </Alert>
      ) : null}
      <nav aria-label="Which prescriptions" className="mb-4 flex flex-wrap gap-2">
        {tabs.map(({ key, label, held }) => (
          <Link
            key={key}
            href={withQuery(paths.pharmacy, { show: key, q })}
            aria-current={show === key ? 'page' : undefined}
            className={buttonClass({ size: 'sm', variant: show === key ? 'primary' : 'secondary' })}
          >
            {label}
            {held}
          </Link>
        ))}
      </nav>
      <Card>
        {count === 0 ? (
          <EmptyState
            icon={<Icon of="package-check" />}
            title={q ? 'Nobody of that name is on this list' : EMPTY[show].title}
          >
            {q
              ? 'Look on the other lists, too; everything that was dispensed is on the page of the patient.'
              : EMPTY[show].text}
          </EmptyState>
        ) : 'given' in list ? (
          <GivenList given={list.given} timeZone={ctx.timeZone} />
        ) : (
          <WaitingList
            waiting={list.waiting}
            label={show === 'earlier' ? 'Prescriptions, newest first' : 'Prescriptions, oldest first'}
            today={today(ctx.timeZone)}
            timeZone={ctx.timeZone}
            canDispense={ctx.can('dispenses:write')}
          />
        )}
      </Card>
      <Pagination
        className="mt-4"
        previousHref={before ? withQuery(paths.pharmacy, { show, q, before }) : null}
        nextHref={after ? withQuery(paths.pharmacy, { show, q, after }) : null}
      />
    </>
  );
}
