import { Alert } from '@/components/ui/alert';
import { Section } from '@/components/ui/card';
import Link from '@/components/ui/link';
import { RelativeTime } from '@/components/ui/relative-time';
import { PLATFORM } from '@/lib/paths';
import { mailKind } from '../policy';
import type { CustomerMails } from '../queries';
import { MailBadge } from './mail-badge';

/** What was sent to a customer's people, and whose addresses send it back. */
export function CustomerMailsCard({
  organizationId,
  customerMails: { mails, bouncing },
}: {
  organizationId: string;
  customerMails: CustomerMails;
}) {
  return (
    <Section
      title="Mails"
      description="The last ones to its people"
      actions={
        <Link
          href={`${PLATFORM.mails}?organization=${organizationId}`}
          className="text-[0.8125rem] text-accent underline-offset-4 hover:underline"
        >
          All mails
        </Link>
      }
    >
      {bouncing.map(({ address, problem }) => (
        <Alert key={address} tone="danger" className="mb-3" title={`Mail to ${address} does not arrive`}>
          <span className="break-words">{problem ?? 'The mail server did not say why.'}</span>
        </Alert>
      ))}
      {mails.length === 0 ? (
        <p className="text-[0.8125rem] text-text-muted">Nothing was sent yet.</p>
      ) : (
        <ul className="grid gap-3">
          {mails.map((mail) => (
            <li key={mail.id} className="flex flex-wrap items-start justify-between gap-2">
              <span className="min-w-0">
                <span className="block text-text">{mailKind(mail.kind)}</span>
                <span className="wrap-anywhere block text-[0.8125rem] text-text-muted">
                  {mail.to}, <RelativeTime value={mail.queuedAt} timeZone="UTC" />
                </span>
              </span>
              <MailBadge state={mail.state} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
