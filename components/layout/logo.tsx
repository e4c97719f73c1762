import { Icon } from '../ui/icon';

/** The mark: an eye whose iris is a wheel. Decorative; the name stands beside it. */
export const LogoMark = () => <Icon of="mark" className="size-7 shrink-0 text-accent" />;

/** The mark with the product's name. */
export function Logo() {
  return (
    <span className="inline-flex items-center gap-2 text-[17px] font-semibold tracking-tight">
      <LogoMark />
      Chakravue
    </span>
  );
}
