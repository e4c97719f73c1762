import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { listPeople } from '@/features/identity/shared-computer/queries';
import { Login } from '@/features/identity/sign-in/ui/login';
import { failPage } from '@/lib/actions/failure';
import { getPrincipal } from '@/lib/auth/principal';
import { requestFacts } from '@/lib/auth/request';
import { isSignInProblem } from '@/lib/auth/sign-in-problem';
import { paths } from '@/lib/paths';
import { safeNext } from '@/lib/safe-next';

export const metadata: Metadata = {
  title: 'Sign in',
  description: 'Sign in to your hospital with a password, a passkey or single sign-on.',
  alternates: { canonical: paths.login },
};

export default async function LoginPage({ searchParams }: PageProps<'/login'>) {
  const asked = await searchParams;
  const next = safeNext(asked.next);
  const text = (value: string | string[] | undefined): string => (typeof value === 'string' ? value : '');
  const [problem, step] = [text(asked.error), text(asked.step)];
  const principal = await getPrincipal().catch(failPage);
  const people = principal ? [] : await listPeople((await requestFacts()).deviceId).catch(failPage);
  if (principal) redirect(principal.kind === 'platform' ? paths.platform : (next ?? paths.today));
  return (
    <div className="mx-auto grid w-full max-w-md flex-1 place-items-center px-5 py-12">
      <div className="w-full">
        <h1 className="mb-6 text-center text-2xl font-semibold tracking-tight">Sign in to your workspace</h1>
        {people.length > 0 ? (
          <Button asChild variant="secondary" size="lg" className="mb-4 w-full">
            <a href={paths.switchUser}>Come back with your PIN</a>
          </Button>
        ) : null}
        <Card className="p-6">
          <Login
            next={next ?? paths.today}
            problem={isSignInProblem(problem) ? problem : null}
            step={step ? { token: step, methods: text(asked.methods).split(',').filter(Boolean) } : null}
          />
        </Card>
        <p className="mt-5 flex justify-between text-[13px] text-text-muted">
          <a href={paths.forgotPassword} className="hover:text-text hover:underline">
            Forgot your password?
          </a>
          <a href={paths.signup()} className="hover:text-text hover:underline">
            Sign up your hospital
          </a>
        </p>
      </div>
    </div>
  );
}
