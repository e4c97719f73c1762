import { cva, type VariantProps } from 'class-variance-authority';
import { type ComponentProps, cloneElement, isValidElement, type ReactElement, type ReactNode } from 'react';
import { cn } from './cn';
import { Spinner } from './spinner';

/** Classes of a button, for an element that is not one. */
export const buttonClass = cva(
  'inline-flex shrink-0 select-none items-center justify-center gap-2 whitespace-nowrap rounded-md border font-medium transition-colors disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:cursor-not-allowed aria-disabled:opacity-55 [&_svg]:pointer-events-none [&_svg]:shrink-0',
  {
    variants: {
      variant: {
        primary: 'border-transparent bg-accent text-accent-text shadow-raised hover:bg-accent-hover',
        secondary: 'border-border-strong/60 bg-surface-raised text-text shadow-raised hover:bg-surface-hover',
        ghost: 'border-transparent text-text-muted hover:bg-surface-hover hover:text-text',
        danger: 'border-transparent bg-danger text-danger-text shadow-raised hover:bg-danger-hover',
        link: 'border-transparent h-auto! px-0! text-accent underline underline-offset-4 hover:text-accent-hover',
      },
      size: {
        sm: 'h-8 px-2.5 text-[0.8125rem] [&_svg]:size-3.5',
        md: 'h-9 px-3.5 text-sm [&_svg]:size-4',
        lg: 'h-11 px-5 text-[0.9375rem] [&_svg]:size-4.5',
        icon: 'size-9 [&_svg]:size-4.5',
        'icon-sm': 'size-8 [&_svg]:size-4',
      },
    },
    defaultVariants: { variant: 'secondary', size: 'md' },
  },
);

export type ButtonProps = ComponentProps<'button'> &
  VariantProps<typeof buttonClass> & {
    /** Shows a spinner and takes no click; keeps its place and its focus. */
    pending?: boolean;
    /** The only child becomes the button: `<Button asChild><Link href="/x">Go</Link></Button>`. */
    asChild?: boolean;
  };

/** A button says what it does. `type` is "button" unless told otherwise. */
export function Button({
  variant,
  size,
  pending = false,
  asChild = false,
  className,
  children,
  ...props
}: ButtonProps) {
  const classes = cn(buttonClass({ variant, size }), className);
  if (asChild && isSlot(children)) {
    return cloneElement(children, { ...props, className: cn(classes, children.props.className) });
  }
  const { onClick, type = 'button', ...rest } = props;
  return (
    <button
      type={type}
      className={classes}
      {...rest}
      // Not `disabled`: the focus would fall to the body while it waits.
      aria-disabled={pending || rest['aria-disabled'] || undefined}
      aria-busy={pending || undefined}
      onClick={pending ? swallow : onClick}
    >
      {pending ? <Spinner /> : null}
      {children}
    </button>
  );
}

const swallow = (event: { preventDefault: () => void }) => event.preventDefault();

function isSlot(child: ReactNode): child is ReactElement<{ className?: string }> {
  return isValidElement(child);
}
