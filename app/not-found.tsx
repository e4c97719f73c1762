import Link from 'next/link';
import { Logo } from '@/components/layout/logo';
import { Button } from '@/components/ui/button';

export default function NotFound() {
  return (
    <main id="main" className="grid min-h-[70dvh] place-items-center px-6 text-center">
      <div>
        <div className="mb-8 flex justify-center">
          <Logo />
        </div>
        <h1 className="text-2xl font-semibold tracking-tight">There is nothing here</h1>
        <p className="mx-auto mt-2 max-w-md text-text-muted">The page may have moved, or the record belongs to somebody else or was never there.</p>
        <Button asChild variant="primary" className="mt-6">
          <Link href="/">Go to the start</Link>
        </Button>
      </div>
    </main>
  );
}
