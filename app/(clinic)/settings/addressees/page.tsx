import type { Metadata } from 'next';
import { SettingsFrame } from '@/components/layout/settings-frame';
import { buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import Link from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { listAddressees } from '@/features/record/addressees/queries';
import { AddresseeForm } from '@/features/record/addressees/ui/addressee-form';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';

export const metadata: Metadata = { title: 'Address book' };

/** Whom patients are sent to. */
export default async function AddresseesPage({ searchParams }: PageProps<'/settings/addressees'>) {
  const ctx = await staffPage('letters:write');
  const [all, { change }] = await Promise.all([load(listAddressees(ctx)), searchParams]);
  const changed = all.find(({ id }) => id === change);
  return (
    <>
      <PageHeader title="Address book" description="Doctors and hospitals to whom patients are referred." />
      <SettingsFrame hasOrganization={ctx.can('settings:read')}>
        <div className="grid gap-5">
          <Section
            title={changed ? `Change ${changed.name}` : 'New addressee'}
            actions={
              changed ? (
                <Link href={paths.addressees} className={buttonClass({ size: 'sm' })}>
                  New addressee
                </Link>
              ) : null
            }
          >
            <AddresseeForm key={changed?.id ?? 'new'} {...(changed ? { addressee: changed } : {})} />
          </Section>
          <Section title="In the book" flush>
            {all.length === 0 ? (
              <p className="px-5 py-4 text-sm text-text-muted">
                Nobody yet. A referral letter can keep its addressee here, too.
              </p>
            ) : (
              <ul aria-label="Address book">
                {all.map(({ id, name, speciality, place, phone, email }) => (
                  <li
                    key={id}
                    className="flex flex-wrap items-center justify-between gap-3 border-border border-t px-5 py-3 text-sm first:border-t-0"
                  >
                    <div className="min-w-0">
                      <p className="font-medium text-text">{[name, speciality].filter(Boolean).join(', ')}</p>
                      <p className="break-words text-[0.8125rem] text-text-muted">
                        {[place.replace(/\n/g, ', '), phone, email].filter(Boolean).join('; ')}
                      </p>
                    </div>
                    <Link
                      href={withQuery(paths.addressees, { change: id })}
                      aria-label={`Change ${name}`}
                      className={buttonClass({ size: 'sm' })}
                    >
                      Change
                    </Link>
                  </li>
                ))}
              </ul>
            )}
          </Section>
        </div>
      </SettingsFrame>
    </>
  );
}
