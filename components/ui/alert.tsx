import { clsx } from 'clsx';
import type { ReactNode, Ref } from 'react';
import { Icon } from '@/components/ui/icon';

const KINDS = {
  info: { icon: 'info', box: 'border-info/30 bg-info-soft', mark: 'text-info' },
  success: { icon: 'circle-check', box: 'border-success/30 bg-success-soft', mark: 'text-success' },
  warning: {
    icon: 'triangle-exclamation-point',
    box: 'border-warning/35 bg-warning-soft',
    mark: 'text-warning',
  },
  danger: { icon: 'circle-exclamation-point', box: 'border-danger/30 bg-danger-soft', mark: 'text-danger' },
} as const;

/** Something to know, in the page. `live` says it aloud when it appears. */
export function Alert({
  tone = 'info',
  title,
  action,
  live = false,
  className,
  children,
  ...props
}: {
  tone?: keyof typeof KINDS;
  title?: ReactNode;
  action?: ReactNode;
  live?: boolean;
  className?: string;
  children?: ReactNode;
  id?: string;
  tabIndex?: number;
  ref?: Ref<HTMLDivElement>;
}) {
  const { icon, box, mark } = KINDS[tone];
  return (
    <div
      {...props}
      {...(live ? { role: tone === 'danger' ? 'alert' : 'status' } : {})}
      className={clsx('alert', box, className)}
    >
      <Icon of={icon} className={clsx('mt-0.5 size-4 shrink-0', mark)} />
      <div className="min-w-0 flex-1 space-y-1">
        {title ? <p className="font-semibold">{title}</p> : null}
        {children ? <div className="wrap-anywhere text-text-muted">{children}</div> : null}
      </div>
      {action ? <div className="shrink-0">{action}</div> : null}
    </div>
  );
}
