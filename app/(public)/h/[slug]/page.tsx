import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { Card } from '@/components/ui/card';
import Link from '@/components/ui/link';
import { findFace } from '@/features/identity/face/queries';
import { FaceCard } from '@/features/identity/papers/ui/face-card';
import { Login } from '@/features/identity/sign-in/ui/login';
import { failPage } from '@/lib/actions/failure';
import { getPrincipal } from '@/lib/auth/principal';
import { paths } from '@/lib/paths';

export const metadata: Metadata = { title: 'Sign in', robots: { index: false } };

/** The sign-in page of a hospital, at an address of its own: its face, and nothing else that is its. */
export default async function FaceSignInPage({ params }: PageProps<'/h/[slug]'>) {
  const face = await findFace((await params).slug).catch(failPage);
  if (!face) notFound();
  const principal = await getPrincipal().catch(failPage);
  if (principal) redirect(principal.kind === 'platform' ? paths.platform : paths.today);
  return (
    <div className="mx-auto grid w-full max-w-md flex-1 place-items-center px-5 py-12">
      <div className="grid w-full gap-6">
        <FaceCard face={face} as="h1" />
        <Card className="p-6">
          <Login next={paths.today} problem={null} step={null} />
        </Card>
        <p className="text-center text-[13px] text-text-muted">
          <Link href={paths.forgotPassword} className="hover:text-text hover:underline">
            Forgot your password?
          </Link>
        </p>
      </div>
    </div>
  );
}
