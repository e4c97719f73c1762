import type { Metadata } from 'next';
import Link from '@/components/ui/link';
import { EntryCard } from '@/features/identity/account/ui/entry-card';
import { ForgotPasswordForm } from '@/features/identity/account/ui/entry-forms';
import { paths } from '@/lib/paths';

export const metadata: Metadata = {
  title: 'Forgotten password',
  description: 'Get a link to choose a new password.',
};

export default function ForgotPasswordPage() {
  return (
    <EntryCard title="Forgot your password?" description="We send you a link to choose a new one.">
      <ForgotPasswordForm />
      <p className="mt-5 text-center text-[13px]">
        <Link href={paths.login} className="text-text-muted underline underline-offset-2 hover:text-text">
          Back to sign in
        </Link>
      </p>
    </EntryCard>
  );
}
