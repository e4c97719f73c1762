import { ActionButton } from '@/components/forms/action-button';
import { Badge } from '@/components/ui/badge';
import { Section } from '@/components/ui/card';
import { formatInstant } from '@/lib/time';
import { revokePaperLinkAction } from '../actions';
import type { PaperLink } from '../dto';
import { LINK_STATE, type LinkedPaper, linkState } from '../policy';
import { SendPaper } from './send-paper';

/** A paper by e-mail: the way to send it, and what became of the links before. */
export function PaperLinks({
  kind,
  paperId,
  email,
  links,
  timeZone,
}: {
  kind: LinkedPaper;
  paperId: string;
  /** Of the patient. */
  email: string | null;
  links: readonly PaperLink[];
  timeZone: string;
}) {
  const now = new Date();
  const when = (at: string) => formatInstant(new Date(at), timeZone);
  return (
    <Section
      title="By e-mail"
      description={
        email
          ? 'As a link that opens with the year of birth and ends after seven days.'
          : 'The patient has no e-mail address yet: write it on the page of the patient.'
      }
      actions={email ? <SendPaper kind={kind} paperId={paperId} email={email} /> : null}
      flush
    >
      {links.length > 0 ? (
        <ul aria-label="Links that were sent">
          {links.map((link) => {
            const state = linkState(link, now);
            return (
              <li
                key={link.id}
                className="flex flex-wrap items-center justify-between gap-2 border-border border-t px-5 py-2.5 text-sm"
              >
                <span className="min-w-0 break-words text-text">
                  {link.email}
                  <span className="block text-[0.8125rem] text-text-muted">
                    {link.sentAt ? `Sent ${when(link.sentAt)} by ${link.sentByName}` : 'Not sent'}.{' '}
                    {link.lastOpenedAt ? `Opened ${when(link.lastOpenedAt)}.` : 'Not opened yet.'}
                  </span>
                </span>
                {state === 'open' ? (
                  <ActionButton action={revokePaperLinkAction} fields={{ linkId: link.id }}>
                    Take back
                  </ActionButton>
                ) : (
                  <Badge tone={state === 'locked' ? 'danger' : 'neutral'}>{LINK_STATE[state]}</Badge>
                )}
              </li>
            );
          })}
        </ul>
      ) : null}
    </Section>
  );
}
