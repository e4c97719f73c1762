import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { Card } from '@/components/ui/card';
import { Login } from '@/features/identity/sign-in/ui/login';
import { failPage } from '@/lib/actions/failure';
import { getPrincipal } from '@/lib/auth/principal';
import { paths } from '@/lib/paths';
import { safeNext } from '@/lib/safe-next';

export const metadata: Metadata = { title: 'Company sign-in', robots: { index: false } };

/** For the company's people. Hospitals sign in at an address of their own. */
export default async function PlatformLoginPage({ searchParams }: PageProps<'/platform/login'>) {
  const next = safeNext((await searchParams).next) ?? paths.platform;
  const principal = await getPrincipal().catch(failPage);
  if (principal) redirect(principal.kind === 'platform' ? next : paths.today);
  return (
    <div className="mx-auto grid w-full max-w-md flex-1 place-items-center px-5 py-12">
      <div className="w-full">
        <h1 className="mb-6 text-center text-2xl font-semibold tracking-tight">
          Sign in to the company's pages
        </h1>
        <Card className="p-6">
          <Login next={next} home={paths.platformLogin} />
        </Card>
      </div>
    </div>
  );
}
