import { buttonClass } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import Link from '@/components/ui/link';
import { PLATFORM } from '@/lib/paths';

/** The way to what is new, with its number. */
export function NoticeBell({ count }: { count: number }) {
  const shown = count > 9 ? '9+' : String(count);
  return (
    <Link
      href={PLATFORM.notifications}
      className={`${buttonClass({ variant: 'ghost', size: 'icon' })} relative`}
      aria-label={count > 0 ? `Notifications, ${shown} new` : 'Notifications'}
    >
      <Icon of="bell" />
      {count > 0 ? (
        <span
          aria-hidden="true"
          className="absolute -top-0.5 -right-0.5 min-w-4 rounded-full bg-danger px-1 text-center font-semibold text-[0.625rem] text-danger-text leading-4 tabular-nums"
        >
          {shown}
        </span>
      ) : null}
    </Link>
  );
}
