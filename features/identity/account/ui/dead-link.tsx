import { Button } from '@/components/ui/button';
import Link from '@/components/ui/link';
import { EntryCard } from './entry-card';

/** A link out of a mail that is used up, too old or wrong: why, and the way on. */
export function DeadLink({
  title = 'This link cannot be used',
  description,
  href,
  label,
}: {
  title?: string;
  description: string;
  href: string;
  label: string;
}) {
  return (
    <EntryCard title={title} description={description}>
      <Button asChild variant="primary" size="lg" className="w-full">
        <Link href={href}>{label}</Link>
      </Button>
    </EntryCard>
  );
}
