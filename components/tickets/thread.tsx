import { Badge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { cn } from '@/components/ui/cn';
import { RelativeTime } from '@/components/ui/relative-time';
import type { TicketMessage } from '@/lib/features/tickets/dto';

/** What was said, in order. Notes are in it only for the company's people. */
export function Thread({ messages, timeZone }: { messages: readonly TicketMessage[]; timeZone: string }) {
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
              className={cn(
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
            </Card>
          </li>
        ),
      )}
    </ol>
  );
}
