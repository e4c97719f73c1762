import { clsx } from 'clsx';

const BASE =
  'inline-flex shrink-0 select-none items-center justify-center gap-2 whitespace-nowrap rounded-md border font-medium transition-colors disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:cursor-not-allowed aria-disabled:opacity-55 [&_svg]:pointer-events-none [&_svg]:shrink-0';

const VARIANTS = {
  primary: 'border-transparent bg-accent text-accent-text shadow-raised hover:bg-accent-hover',
  secondary: 'border-border-strong/60 bg-surface-raised text-text shadow-raised hover:bg-surface-hover',
  ghost: 'border-transparent text-text-muted hover:bg-surface-hover hover:text-text',
  danger: 'border-transparent bg-danger text-danger-text shadow-raised hover:bg-danger-hover',
  link: 'border-transparent h-auto! px-0! text-accent underline underline-offset-4 hover:text-accent-hover',
} as const;

const SIZES = {
  sm: 'h-8 px-2.5 text-[0.8125rem] [&_svg]:size-3.5',
  md: 'h-9 px-3.5 text-sm [&_svg]:size-4',
  lg: 'h-11 px-5 text-[0.9375rem] [&_svg]:size-4.5',
  icon: 'size-9 [&_svg]:size-4.5',
  'icon-sm': 'size-8 [&_svg]:size-4',
} as const;

export type ButtonLook = {
  variant?: keyof typeof VARIANTS | undefined;
  size?: keyof typeof SIZES | undefined;
};

/**
 * Classes of a button, for an element that is not one. Apart from the button: a public page must not bring
 * along what the button needs.
 */
export const buttonClass = ({
  variant = 'secondary',
  size = 'md',
  className,
}: ButtonLook & { className?: string | undefined } = {}): string =>
  clsx(BASE, VARIANTS[variant], SIZES[size], className);
