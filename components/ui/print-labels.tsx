import { Button, type ButtonProps } from './button';
import { buttonClass } from './button-class';
import { Icon } from './icon';

/** The way to a sheet or a roll of labels; none while something is wrong with what was typed. */
export function PrintLabels({ href, variant }: { href: string | null; variant?: ButtonProps['variant'] }) {
  const words = (
    <>
      <Icon of="printer" /> Print labels
    </>
  );
  return href === null ? (
    <Button variant={variant} disabled>
      {words}
    </Button>
  ) : (
    <a href={href} target="_blank" rel="noreferrer" className={buttonClass({ variant })}>
      {words}
    </a>
  );
}
