'use client';
import { clsx } from 'clsx';
import { usePathname } from 'next/navigation';
import { useId, useState } from 'react';
import { Icon } from '@/components/ui/icon';
import Link from '@/components/ui/link';
import { paths } from '@/lib/paths';

type Group = { label: string; items: { href: string; label: string }[] };

const ORGANIZATION: Group[] = [
  {
    label: 'Hospital',
    items: [
      { href: paths.settings, label: 'Organization' },
      { href: paths.branches, label: 'Branches' },
      { href: paths.schedules, label: 'Schedules' },
      { href: paths.priceList, label: 'Price list' },
      { href: paths.payers, label: 'Payers' },
      { href: paths.billSettings, label: 'Patients’ bills' },
      { href: paths.onlinePaymentSettings, label: 'Online payments' },
      { href: paths.pharmacySettings, label: 'Pharmacy' },
      { href: paths.letterhead, label: 'Letterhead' },
      { href: paths.facePage, label: 'Sign-in page and mails' },
      { href: paths.prescriptionSets, label: 'Prescription sets' },
      { href: paths.templates, label: 'Examination templates' },
      { href: paths.addressees, label: 'Address book' },
      { href: paths.usage, label: 'Usage' },
      { href: paths.agreements, label: 'Agreements' },
      { href: paths.reportMails, label: 'Report mails' },
    ],
  },
  {
    label: 'People and security',
    items: [
      { href: paths.roles, label: 'Roles' },
      { href: paths.security, label: 'Security' },
      { href: paths.singleSignOn, label: 'Single sign-on' },
      { href: paths.supportAccess, label: 'Support access' },
    ],
  },
  {
    label: 'Data',
    items: [
      { href: paths.database, label: 'Database' },
      { href: paths.closeAccount, label: 'Export and close' },
    ],
  },
];
const OWN: Group = {
  label: 'Account',
  items: [
    { href: paths.account, label: 'Your account' },
    { href: paths.secondFactorSetup, label: 'Second factor' },
  ],
};

/** The pages of the settings in groups: at the side, or behind a button where the screen is narrow. */
export function SettingsNav({ hasOrganization }: { hasOrganization: boolean }) {
  const pathname = usePathname();
  const [openAt, setOpenAt] = useState<string | null>(null);
  const id = useId();
  const groups = hasOrganization ? [...ORGANIZATION, OWN] : [OWN];
  const isHere = (href: string) => pathname === href;
  const here = groups.flatMap(({ items }) => items).find(({ href }) => isHere(href));
  // Open at one address only: the page that is chosen closes it.
  const isOpen = openAt === pathname;
  return (
    <nav aria-label="Settings" className="no-print">
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpenAt(isOpen ? null : pathname)}
        className="flex h-11 w-full items-center justify-between gap-3 rounded-lg border border-border bg-surface-raised px-4 font-medium text-sm text-text shadow-raised lg:hidden"
      >
        <span className="truncate">
          <span className="text-text-muted">All settings: </span>
          {here?.label ?? 'choose'}
        </span>
        <Icon
          of="chevron-down"
          className={clsx('size-4 shrink-0 text-text-subtle', isOpen && 'rotate-180')}
        />
      </button>
      <div
        id={id}
        className={clsx(
          'grid gap-5 max-lg:mt-2 max-lg:rounded-lg max-lg:border max-lg:border-border max-lg:bg-surface-raised max-lg:p-3 sm:max-lg:grid-cols-2',
          !isOpen && 'max-lg:hidden',
        )}
      >
        {groups.map(({ label, items }) => (
          <div key={label}>
            <p id={`${id}-${label}`} className="px-3 pb-1 font-medium text-text-subtle text-xs">
              {label}
            </p>
            <ul aria-labelledby={`${id}-${label}`} className="grid gap-0.5">
              {items.map((item) => (
                <li key={item.href}>
                  <Link
                    href={item.href}
                    aria-current={isHere(item.href) ? 'page' : undefined}
                    className={clsx(
                      'flex min-h-9 items-center rounded-md px-3 text-sm max-lg:min-h-11',
                      isHere(item.href)
                        ? 'bg-accent-soft font-medium text-accent'
                        : 'text-text-muted hover:bg-surface-sunken hover:text-text',
                    )}
                  >
                    {item.label}
                  </Link>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
    </nav>
  );
}
