import { clsx } from 'clsx';
import type { ComponentProps } from 'react';
import Link from '@/components/ui/link';

/** Of a link among text or figures: underlined, so that it is seen without pointing at it. */
export const textLinkClass = 'underline decoration-border-strong underline-offset-4';

export const TextLink = ({ className, ...props }: ComponentProps<typeof Link>) => (
  <Link className={clsx(textLinkClass, className)} {...props} />
);
