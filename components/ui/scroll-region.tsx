import { clsx } from 'clsx';
import type { ComponentProps } from 'react';

type Named = { 'aria-label': string } | { 'aria-labelledby': string };

/** What may be wider than the screen: a table, a chart. It is named, and keyboards scroll it too. */
export function ScrollRegion({ className, ...props }: ComponentProps<'section'> & Named) {
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      // Text that is only read aloud would otherwise widen the page instead of this.
      className={clsx('relative overflow-x-auto', className)}
      {...props}
    />
  );
}
