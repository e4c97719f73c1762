import { drawing } from '../ui/icon';

/** The mark: an eye whose iris is a wheel. Decorative; the name stands beside it. */
export const LogoMark = () => (
  <svg viewBox="0 0 32 32" className="size-7 shrink-0 text-accent" aria-hidden="true">
    <use href={drawing('mark')} />
  </svg>
);

/** The mark with the product's name. */
export function Logo() {
  return (
    <span className="inline-flex items-center gap-2 text-[17px] font-semibold tracking-tight">
      <LogoMark />
      Chakravue
    </span>
  );
}
