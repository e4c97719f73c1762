import type { Metadata } from 'next';
import Link from '@/components/ui/link';
import { SubscribeForm } from '@/features/fleet/status/ui/subscribe-forms';
import { EntryCard } from '@/features/identity/account/ui/entry-card';
import { paths } from '@/lib/paths';

export const metadata: Metadata = {
  title: 'Status by mail',
  description: 'Get a mail whenever the status page of Chakravue tells of an incident or of planned work.',
  alternates: { canonical: paths.statusSubscribe },
};

export default function SubscribePage() {
  return (
    <EntryCard
      title="Status by mail"
      description="A mail with each incident, what becomes of it, and planned work. Nothing else."
    >
      <SubscribeForm />
      <p className="mt-5 text-center text-[13px]">
        <Link href={paths.status} className="text-text-muted underline underline-offset-2 hover:text-text">
          Back to the status page
        </Link>
      </p>
    </EntryCard>
  );
}
