import { Button } from '@/components/ui/button';
import Link from '@/components/ui/link';
import { ThemeToggle } from '@/components/ui/theme-toggle';
import { paths } from '@/lib/paths';
import { Logo } from './logo';

const LEGAL = [
  ['terms', 'Terms'],
  ['privacy', 'Privacy'],
  ['data-processing', 'Data processing'],
  ['sub-processors', 'Sub-processors'],
  ['security', 'Security'],
  ['service-levels', 'Service levels'],
  ['contact', 'Contact'],
  ['imprint', 'Imprint'],
] as const;

export function PublicHeader() {
  return (
    <header className="no-print relative z-10 mx-auto flex w-full max-w-6xl items-center justify-between gap-4 px-5 py-4">
      <Link href={paths.home} aria-label="Chakravue, home" className="flex">
        <Logo />
      </Link>
      <nav aria-label="Main" className="flex items-center gap-1">
        <Button asChild variant="ghost" className="hidden sm:inline-flex">
          <Link href={paths.pricing}>Pricing</Link>
        </Button>
        <Button asChild variant="ghost">
          <Link href={paths.login}>Sign in</Link>
        </Button>
        <ThemeToggle />
        <Button asChild variant="primary" className="ml-1 hidden sm:inline-flex">
          <Link href={paths.signup()}>Sign up</Link>
        </Button>
      </nav>
    </header>
  );
}

export function PublicFooter() {
  return (
    <footer className="no-print mt-auto border-t border-border">
      <div className="mx-auto flex w-full max-w-6xl flex-wrap items-center justify-between gap-4 px-5 py-6 text-[13px] text-text-muted">
        <p>Chakravue keeps each hospital's records in a database of its own.</p>
        <nav aria-label="Footer" className="flex gap-5">
          <Link href={paths.pricing} className="hover:text-text">
            Pricing
          </Link>
          <Link href={paths.help} className="hover:text-text">
            Help
          </Link>
          <Link href={paths.status} className="hover:text-text">
            Status
          </Link>
          <Link href={paths.signup()} className="hover:text-text">
            Sign up
          </Link>
          <Link href={paths.login} className="hover:text-text">
            Sign in
          </Link>
        </nav>
        <nav aria-label="Legal" className="flex flex-wrap gap-x-5 gap-y-2 sm:w-full">
          {LEGAL.map(([page, label]) => (
            <Link key={page} href={paths.legal(page)} className="hover:text-text">
              {label}
            </Link>
          ))}
        </nav>
      </div>
    </footer>
  );
}
