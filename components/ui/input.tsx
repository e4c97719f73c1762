import { clsx } from 'clsx';
import type { ComponentProps, ReactNode } from 'react';

export type InputProps = ComponentProps<'input'> & {
  /** Shown inside, before and after what is typed: a unit, a currency, an icon. */
  before?: ReactNode;
  after?: ReactNode;
};

/** One line of text. */
export function Input({ className, before, after, ...props }: InputProps) {
  const input = (
    <input
      className={clsx('control control-line', before && 'pl-9', after && 'pr-12', className)}
      {...props}
    />
  );
  if (!before && !after) return input;
  return (
    <span className="relative block">
      {before ? <Adornment side="left">{before}</Adornment> : null}
      {input}
      {after ? <Adornment side="right">{after}</Adornment> : null}
    </span>
  );
}

function Adornment({ side, children }: { side: 'left' | 'right'; children: ReactNode }) {
  return (
    <span
      className={clsx(
        'pointer-events-none absolute inset-y-0 flex items-center text-[0.8125rem] text-text-subtle [&_svg]:size-4',
        side === 'left' ? 'left-3' : 'right-3',
      )}
    >
      {children}
    </span>
  );
}
