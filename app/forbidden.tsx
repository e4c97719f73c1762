import Link from 'next/link';
import { Logo } from '@/components/layout/logo';
import { Button } from '@/components/ui/button';
import { paths } from '@/lib/paths';

export default function Forbidden() {
  return (
    <main id="main" className="grid min-h-[70dvh] place-items-center px-6 text-center">
      <div>
        <div className="mb-8 flex justify-center">
          <Logo />
        </div>
        <h1 className="text-2xl font-semibold tracking-tight">Your role does not open this page</h1>
        <p className="mx-auto mt-2 max-w-md text-text-muted">
          The owner or an administrator of your organization can change your role. If your organization is read-only, its owner can open it
          again on the billing page.
        </p>
        <Button asChild variant="primary" className="mt-6">
          <Link href={paths.today}>Go to today</Link>
        </Button>
      </div>
    </main>
  );
}
