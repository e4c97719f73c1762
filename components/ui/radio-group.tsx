import { clsx } from 'clsx';
import { type ComponentProps, type ReactNode, useId } from 'react';
import { FieldGroup } from './field';

/** One question with a few answers; the answers are `Radio` or `RadioCard` with the same `name`. */
export const RadioGroup = FieldGroup;

type RadioProps = Omit<ComponentProps<'input'>, 'type'> & { label: ReactNode; description?: ReactNode };

/** One answer in a line. */
export function Radio({ label, description, className, id, ...props }: RadioProps) {
  const ownId = useId();
  const controlId = id ?? ownId;
  return (
    <div className={clsx('flex items-start gap-2.5', className)}>
      <input
        type="radio"
        id={controlId}
        className="control-radio mt-px"
        {...(description ? { 'aria-describedby': `${controlId}-description` } : {})}
        {...props}
      />
      <div>
        <label htmlFor={controlId} className="text-sm text-text">
          {label}
        </label>
        {description ? (
          <p id={`${controlId}-description`} className="text-[0.8125rem] text-text-subtle">
            {description}
          </p>
        ) : null}
      </div>
    </div>
  );
}

/**
 * One answer as a card that is clickable as a whole; `aside` stands at the right (a price), `children` below.
 */
export function RadioCard({
  label,
  description,
  aside,
  badge,
  className,
  id,
  children,
  ...props
}: RadioProps & { aside?: ReactNode; badge?: ReactNode; children?: ReactNode }) {
  const ownId = useId();
  const controlId = id ?? ownId;
  return (
    <div className={clsx('choice-card', className)}>
      <input
        type="radio"
        id={controlId}
        className="control-radio relative z-10 mt-0.5 focus-visible:outline-none"
        {...(description ? { 'aria-describedby': `${controlId}-description` } : {})}
        {...props}
      />
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
          <span className="flex flex-wrap items-center gap-2">
            {/* The label covers the card, so that a click anywhere chooses. */}
            <label
              htmlFor={controlId}
              className="font-semibold text-text after:absolute after:inset-0 after:rounded-lg"
            >
              {label}
            </label>
            {badge}
          </span>
          {aside ? <span className="text-text tabular-nums">{aside}</span> : null}
        </div>
        {description ? (
          <p id={`${controlId}-description`} className="mt-0.5 text-[0.8125rem] text-text-muted">
            {description}
          </p>
        ) : null}
        {children}
      </div>
    </div>
  );
}
