import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './cn';

const TONES = {
  info: { box: 'border-info/30 bg-info-soft text-info-text', icon: Info },
  success: { box: 'border-success/30 bg-success-soft text-success-text', icon: CircleCheck },
  warning: { box: 'border-warning/40 bg-warning-soft text-warning-text', icon: TriangleAlert },
  danger: { box: 'border-danger/30 bg-danger-soft text-danger-text', icon: CircleAlert },
} as const;

type AlertProps = { tone?: keyof typeof TONES; title?: string; children?: ReactNode; action?: ReactNode; className?: string; role?: 'alert' | 'status' };

export function Alert({ tone = 'info', title, children, action, className, role }: AlertProps) {
  const { box, icon: Icon } = TONES[tone];
  return (
    <div role={role} className={cn('flex items-start gap-3 rounded-lg border px-4 py-3 text-sm', box, className)}>
      <Icon className="mt-0.5 size-4 shrink-0" aria-hidden />
      <div className="min-w-0 flex-1">
        {title ? <p className="font-semibold">{title}</p> : null}
        {children ? <div className={title ? 'mt-0.5' : ''}>{children}</div> : null}
      </div>
      {action}
    </div>
  );
}
