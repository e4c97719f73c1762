import { clsx } from 'clsx';

export type ButtonLook = {
  variant?: 'primary' | 'secondary' | 'ghost' | 'danger' | 'link' | undefined;
  size?: 'sm' | 'md' | 'lg' | 'icon' | 'icon-sm' | undefined;
};

/**
 * Classes of a button (components.css), for an element that is not one. Apart from the button: a public page
 * must not bring along what the button needs.
 */
export const buttonClass = ({
  variant = 'secondary',
  size = 'md',
  className,
}: ButtonLook & { className?: string | undefined } = {}): string =>
  clsx('button', `button-${variant}`, `button-${size}`, className);
