import { clsx } from 'clsx';
import { Badge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { Icon } from '@/components/ui/icon';
import { RelativeTime } from '@/components/ui/relative-time';
import { formatBytes } from '@/lib/money';
import type { TicketMessage } from '../dto';

/**
 * What was said, in order. Notes are in it only for the company's people. `attachments` is where this side
 * gets files from.
 */
export function Thread({
  messages,
  timeZone,
  attachments,
}: {
  messages: readonly TicketMessage[];
  timeZone: string;
  attachments: string;
}) {
  return (
    <ol className="grid gap-3" aria-label="Conversation">
      {messages.map((message) =>
        message.by === 'system' ? (
          <li key={message.id} className="px-1 text-[0.8125rem] text-text-subtle">
            {message.name}: {message.text} <RelativeTime value={message.at} timeZone={timeZone} />
          </li>
        ) : (
          <li key={message.id}>
            <Card
              className={clsx(
                'p-4',
                message.by === 'company' && 'border-l-4 border-l-accent',
                message.isInternal && 'border-dashed bg-warning-soft',
              )}
            >
              <div className="mb-1.5 flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
                <p className="flex flex-wrap items-center gap-2 font-medium text-text">
                  {message.name}
                  {message.by === 'company' ? (
                    <span className="font-normal text-[0.8125rem] text-text-muted">Chakravue support</span>
                  ) : null}
                  {message.isInternal ? <Badge tone="warning">Internal note</Badge> : null}
                  {message.isByMail ? <Badge>By mail</Badge> : null}
                </p>
                <RelativeTime
                  value={message.at}
                  timeZone={timeZone}
                  className="text-[0.8125rem] text-text-subtle"
                />
              </div>
              <p className="wrap-anywhere whitespace-pre-line text-text">{message.text}</p>
              <Attachments files={message.attachments} address={attachments} />
            </Card>
          </li>
        ),
      )}
    </ol>
  );
}

/** Files of a message; those of a mail that were not taken are named. */
function Attachments({ files, address }: { files: TicketMessage['attachments']; address: string }) {
  if (files.length === 0) return null;
  return (
    <ul aria-label="Attachments" className="mt-3 grid gap-1 border-border border-t pt-2.5 text-[0.8125rem]">
      {files.map((file) => (
        <li key={file.id} className="flex items-start gap-2 text-text-muted">
          <Icon of="paperclip" className="mt-1 size-3.5 shrink-0 text-text-subtle" />
          {file.leftOut ? (
            <span className="wrap-anywhere min-w-0">Left out: {file.leftOut}</span>
          ) : (
            <span className="wrap-anywhere min-w-0">
              <a
                href={`${address}/${file.id}`}
                download
                className="text-accent underline-offset-4 hover:underline"
              >
                {file.name}
              </a>{' '}
              <span className="text-text-subtle tabular-nums">{formatBytes(file.sizeBytes)}</span>
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
