'use client';
import { ConfirmAction } from '@/components/forms/confirm-action';
import { Badge, type BadgeTone } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { formatDay, formatInstant } from '@/lib/time';
import { stopReportMailOfAction } from '../actions';
import { MAIL_STATES, type MailState } from '../policy';
import type { ScheduledMail } from '../queries';

const TONE: Record<MailState, BadgeTone> = {
  new: 'neutral',
  sent: 'success',
  retrying: 'warning',
  failed: 'danger',
  'has-left': 'warning',
  'may-not-read': 'warning',
  unconfirmed: 'warning',
};
/** What a state means for the next mail, where its name does not say it. */
const MEANING: Partial<Record<MailState, string>> = {
  retrying: 'The mail server did not take the last one. We try again within minutes.',
  failed: 'The mail server did not take the last one for an hour. The next one is tried as planned.',
  'has-left': 'Nothing is sent any more.',
  'may-not-read': 'Nothing is sent while their role has no reports.',
  unconfirmed: 'Nothing is sent until they confirm their address under Your account.',
};

const lastOf = ({ lastSentAt, lastSentOn }: ScheduledMail, at: (iso: string) => string): string => {
  if (lastSentAt) return `last sent ${at(lastSentAt)}`;
  return lastSentOn ? `last sent ${formatDay(lastSentOn)}` : 'none sent yet';
};

/** Who gets the report by mail, how often, and whether it comes through; a way to end each. */
export function ScheduledMails({
  mails,
  timeZone,
  canStop,
}: {
  mails: readonly ScheduledMail[];
  timeZone: string;
  canStop: boolean;
}) {
  const at = (iso: string): string => formatInstant(new Date(iso), timeZone);
  return (
    <ul aria-label="Scheduled mails" className="divide-y divide-border">
      {mails.map((mail) => (
        <li key={mail.id} className="flex flex-wrap items-start justify-between gap-3 px-4 py-3 sm:px-5">
          <div className="min-w-0 flex-1 basis-64">
            <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <p className="font-medium text-text">{mail.name}</p>
              <Badge tone={TONE[mail.state]} dot>
                {MAIL_STATES[mail.state]}
              </Badge>
            </div>
            <p className="wrap-anywhere text-[0.8125rem] text-text-muted">{mail.email}</p>
            <p className="mt-1 text-[0.8125rem] text-text-muted tabular-nums">
              <span className="first-letter:uppercase inline-block">{mail.schedule}</span>; next{' '}
              {at(mail.nextAt)}; {lastOf(mail, at)}
            </p>
            {MEANING[mail.state] ? (
              <p className="mt-1 text-[0.8125rem] text-text">{MEANING[mail.state]}</p>
            ) : null}
          </div>
          {canStop ? (
            <ConfirmAction
              trigger={
                <Button size="sm" aria-label={`Stop the mail to ${mail.name}`}>
                  Stop
                </Button>
              }
              title={`Stop the mail to ${mail.name}?`}
              description="They get no more reports by mail, and are not told. They can ask for it again under Reports."
              confirm="Stop the mail"
              action={stopReportMailOfAction}
              fields={{ reportMailId: mail.id }}
            />
          ) : null}
        </li>
      ))}
    </ul>
  );
}
