import { clsx } from 'clsx';
import { type ComponentProps, cloneElement, isValidElement, type ReactElement, type ReactNode } from 'react';
import { type ButtonLook, buttonClass } from './button-class';
import { Spinner } from './spinner';

export { buttonClass };

export type ButtonProps = ComponentProps<'button'> &
  ButtonLook & {
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
  const classes = clsx(buttonClass({ variant, size }), className);
  if (asChild && isSlot(children)) {
    return cloneElement(children, { ...props, className: clsx(classes, children.props.className) });
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
