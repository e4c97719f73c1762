'use client';
import { ActionButton } from '@/components/forms/action-button';
import { ActionForm, SubmitButton } from '@/components/forms/action-form';
import { FormSelect } from '@/components/forms/form-field';
import { Badge } from '@/components/ui/badge';
import { Section } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Icon } from '@/components/ui/icon';
import Link from '@/components/ui/link';
import { RelativeTime } from '@/components/ui/relative-time';
import { saveNoticeChoicesAction, seeNoticesAction } from '../actions';
import { NOTICE_TABLE, type NoticeChoice, type NoticeEntry, type RoleKind } from '../policy';

/** What this person of the company should know of. */
export function NoticeList({ notices }: { notices: readonly NoticeEntry[] }) {
  const newest = notices.find(({ isNew }) => isNew);
  return (
    <Section
      title="New and earlier"
      description="Kept for 90 days"
      actions={
        newest ? (
          <ActionButton action={seeNoticesAction} fields={{ upTo: newest.at }} size="sm">
            Mark all as seen
          </ActionButton>
        ) : null
      }
      flush
    >
      {notices.length === 0 ? (
        <EmptyState icon={<Icon of="bell-off" />} title="Nothing to know of" className="py-8">
          Tickets, requests, failed payments, what needs a person and notes that name you appear here.
        </EmptyState>
      ) : (
        <ul aria-label="Notifications" className="divide-y divide-border">
          {notices.map((notice) => (
            <li
              key={notice.id}
              className="flex flex-wrap items-start justify-between gap-3 px-4 py-3 sm:px-5"
            >
              <span className="min-w-0">
                <Link
                  href={notice.href}
                  className="break-words font-medium text-accent underline-offset-4 hover:underline"
                >
                  {notice.title}
                </Link>
                {notice.detail ? (
                  <span className="block break-words text-[0.8125rem] text-text-muted">{notice.detail}</span>
                ) : null}
                <span className="block text-[0.8125rem] text-text-subtle">
                  <RelativeTime value={notice.at} timeZone="UTC" />
                </span>
              </span>
              {notice.isNew ? <Badge tone="info">New</Badge> : null}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

const CHOICES: { value: NoticeChoice; label: string }[] = [
  { value: 'at-once', label: 'Here, and by mail at once' },
  { value: 'daily', label: 'Here, and in the daily mail' },
  { value: 'product', label: 'Here alone' },
  { value: 'off', label: 'Not at all' },
];

/** How this person wants to hear of each kind. */
export function NoticeChoicesForm({
  choices,
  version,
}: {
  choices: readonly { kind: RoleKind; choice: NoticeChoice }[];
  version: number;
}) {
  return (
    <Section title="What you are told" description="Kinds that your role does not act on are not listed.">
      {choices.length === 0 ? (
        <p className="text-text-muted">
          Your role acts on none of them, so you are told of notes that name you alone.
        </p>
      ) : (
        <ActionForm action={saveNoticeChoicesAction} version={version} label="What you are told">
          {choices.map(({ kind, choice }) => (
            <FormSelect
              key={kind}
              name={kind}
              label={NOTICE_TABLE[kind].label}
              options={CHOICES}
              defaultValue={choice}
              required
            />
          ))}
          <div>
            <SubmitButton>Save choices</SubmitButton>
          </div>
        </ActionForm>
      )}
    </Section>
  );
}
