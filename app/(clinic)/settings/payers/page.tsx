import type { Metadata } from 'next';
import { SettingsFrame } from '@/components/layout/settings-frame';
import { buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import Link from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { TabLinks } from '@/components/ui/tabs';
import { listPayers } from '@/features/cashier/payers/queries';
import { PayerForm } from '@/features/cashier/payers/ui/payer-form';
import { PayerList } from '@/features/cashier/payers/ui/payer-list';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';

export const metadata: Metadata = { title: 'Payers' };

/** Who pays for patients beside themselves. */
export default async function PayersPage({ searchParams }: PageProps<'/settings/payers'>) {
  const ctx = await staffPage('bills:read');
  const { change, show } = await searchParams;
  const isEnded = show === 'ended';
  const payers = await load(listPayers(ctx, !isEnded));
  const changed = payers.find(({ id }) => id === change);
  const canWrite = ctx.can('prices:write');
  const form =
    canWrite && !isEnded ? (
      <Section
        title={changed ? `Change ${changed.name}` : 'New payer'}
        actions={
          changed ? (
            <Link href={paths.payers} className={buttonClass({ size: 'sm' })}>
              New payer
            </Link>
          ) : null
        }
      >
        <PayerForm
          key={changed?.id ?? 'new'}
          isIndia={ctx.organization.country === 'IN'}
          {...(changed ? { payer: changed } : {})}
        />
      </Section>
    ) : null;
  return (
    <>
      <PageHeader
        title="Payers"
        description="Insurers, TPAs, government schemes, employers, charities and sponsors of camps."
      />
      <SettingsFrame hasOrganization={ctx.can('settings:read')}>
        <div className="grid gap-5">
          {changed ? form : null}
          <div>
            <TabLinks
              label="Payers"
              className="mb-5"
              items={[
                { href: paths.payers, label: 'Offered', active: !isEnded },
                { href: withQuery(paths.payers, { show: 'ended' }), label: 'Ended', active: isEnded },
              ]}
            />
            <Section title={isEnded ? 'Ended payers' : 'Payers that are offered'} flush>
              {payers.length === 0 ? (
                <p className="px-4 py-6 text-text-muted sm:px-5">
                  {isEnded ? 'None was ended.' : 'Nobody yet. Patients pay their bills themselves.'}
                </p>
              ) : (
                <PayerList payers={payers} canWrite={canWrite} />
              )}
            </Section>
          </div>
          {changed ? null : form}
        </div>
      </SettingsFrame>
    </>
  );
}
