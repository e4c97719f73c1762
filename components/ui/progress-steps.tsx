import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { Icon } from '@/components/ui/icon';
import { Spinner } from './spinner';

export type ProgressStep = {
  id: string;
  label: string;
  state: 'done' | 'current' | 'todo' | 'failed';
  detail?: ReactNode;
};

const WORDS = { done: 'done', current: 'in progress', todo: 'to do', failed: 'failed' } as const;
const MARKS = {
  done: 'bg-success text-surface-raised',
  current: 'bg-accent-soft text-accent ring-1 ring-accent',
  todo: 'bg-surface-sunken text-text-subtle ring-1 ring-border',
  failed: 'bg-danger text-danger-text',
} as const;

/** The steps of something that takes a while, and how far it is. */
export function ProgressSteps({
  steps,
  label,
  className,
}: {
  steps: readonly ProgressStep[];
  label: string;
  className?: string;
}) {
  return (
    <ol aria-label={label} className={clsx('grid', className)}>
      {steps.map((step, index) => (
        <li
          key={step.id}
          {...(step.state === 'current' ? { 'aria-current': 'step' as const } : {})}
          className="relative flex gap-3 pb-5 last:pb-0"
        >
          {index < steps.length - 1 ? (
            <span
              aria-hidden="true"
              className={clsx(
                'absolute top-7 bottom-0 left-3 w-px',
                step.state === 'done' ? 'bg-success' : 'bg-border',
              )}
            />
          ) : null}
          <span
            aria-hidden="true"
            className={clsx(
              'grid size-6 shrink-0 place-items-center rounded-full font-semibold text-xs',
              MARKS[step.state],
            )}
          >
            {step.state === 'done' ? (
              <Icon of="check" className="size-3.5 stroke-3" />
            ) : step.state === 'failed' ? (
              <Icon of="x" className="size-3.5 stroke-3" />
            ) : step.state === 'current' ? (
              <Spinner className="size-3.5" />
            ) : (
              index + 1
            )}
          </span>
          <div className="min-w-0 pt-0.5">
            <p className={clsx('font-medium', step.state === 'todo' ? 'text-text-subtle' : 'text-text')}>
              {step.label}
              <span className="sr-only">, {WORDS[step.state]}</span>
            </p>
            {step.detail ? <div className="text-[0.8125rem] text-text-muted">{step.detail}</div> : null}
          </div>
        </li>
      ))}
    </ol>
  );
}
