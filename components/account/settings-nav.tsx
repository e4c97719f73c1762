'use client';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { cn } from '@/components/ui/cn';
import { paths } from '@/lib/paths';

/** The pages of the settings; the organization's only for those who may see them. */
export function SettingsNav({ hasOrganization }: { hasOrganization: boolean }) {
  const pathname = usePathname();
  const items = [
    ...(hasOrganization
      ? [
          { href: paths.settings, label: 'Organization' },
          { href: paths.security, label: 'Security' },
          { href: paths.roles, label: 'Roles' },
          { href: paths.singleSignOn, label: 'Single sign-on' },
          { href: paths.database, label: 'Database' },
          { href: paths.supportAccess, label: 'Support access' },
          { href: paths.usage, label: 'Usage' },
          { href: paths.closeAccount, label: 'Export and close' },
        ]
      : []),
    { href: paths.account, label: 'Your account' },
    { href: paths.secondFactorSetup, label: 'Second factor' },
  ];
  return (
    <nav aria-label="Settings" className="mb-6 flex gap-5 overflow-x-auto border-b border-border">
      {items.map(({ href, label }) => {
        const isHere = pathname === href || (href === paths.roles && pathname.startsWith(`${href}/`));
        return (
          <Link
            key={href}
            href={href}
            aria-current={isHere ? 'page' : undefined}
            className={cn(
              '-mb-px whitespace-nowrap border-b-2 px-0.5 py-2.5 text-sm font-medium',
              isHere ? 'border-accent text-text' : 'border-transparent text-text-muted hover:text-text',
            )}
          >
            {label}
          </Link>
        );
      })}
    </nav>
  );
}
