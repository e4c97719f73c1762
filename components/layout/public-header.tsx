import { Button } from '@/components/ui/button';
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
  ['about', 'About us'],
  ['contact', 'Contact'],
  ['imprint', 'Imprint'],
] as const;

export function PublicHeader() {
  return (
    <header className="no-print relative z-10 mx-auto flex w-full max-w-6xl items-center justify-between gap-4 px-5 py-4">
      <a href={paths.home} aria-label="Chakravue, home" className="flex">
        <Logo />
      </a>
      <nav aria-label="Main" className="flex items-center gap-1">
        <Button asChild variant="ghost" className="hidden sm:inline-flex">
          <a href={paths.pricing}>Pricing</a>
        </Button>
        <Button asChild variant="ghost">
          <a href={paths.login}>Sign in</a>
        </Button>
        <ThemeToggle />
        <Button asChild variant="primary" className="ml-1 hidden sm:inline-flex">
          <a href={paths.signup()}>Sign up</a>
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
        <nav aria-label="Footer" className="flex flex-wrap gap-x-5 gap-y-2">
          <a href={paths.pricing} className="hover:text-text">
            Pricing
          </a>
          <a href={paths.help} className="hover:text-text">
            Help
          </a>
          <a href={paths.changes} className="hover:text-text">
            What’s new
          </a>
          <a href={paths.status} className="hover:text-text">
            Status
          </a>
          <a href={paths.signup()} className="hover:text-text">
            Sign up
          </a>
          <a href={paths.login} className="hover:text-text">
            Sign in
          </a>
        </nav>
        <nav aria-label="Legal" className="flex flex-wrap gap-x-5 gap-y-2 sm:w-full">
          {LEGAL.map(([page, label]) => (
            <a key={page} href={paths.legal(page)} className="hover:text-text">
              {label}
            </a>
          ))}
        </nav>
      </div>
    </footer>
  );
}
