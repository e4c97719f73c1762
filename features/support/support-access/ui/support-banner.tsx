import { Icon } from '@/components/ui/icon';
import { EndSession } from './end-session';

/** Stays above every page of a support session. */
export function SupportBanner({
  name,
  organization,
  until,
  isReadOnly,
}: {
  name: string;
  organization: string;
  until: string;
  isReadOnly: boolean;
}) {
  return (
    <div
      data-pinned=""
      className="flex flex-wrap items-center gap-x-3 gap-y-1 border-warning/35 border-b bg-warning-soft px-4 py-2 text-sm text-text"
    >
      <Icon of="eye" className="size-4 shrink-0 text-warning" />
      <p className="min-w-0 flex-1">
        <span className="font-semibold">Support session:</span> {name} is looking at {organization} until{' '}
        {until}, {isReadOnly ? 'read-only' : 'with changes allowed'}. All of it is in the owner's log.
      </p>
      <EndSession />
    </div>
  );
}
