/** The mark: an eye whose iris is a wheel. Decorative; the name stands beside it. */
export function LogoMark() {
  return (
    <svg
      viewBox="0 0 32 32"
      className="size-7 shrink-0 text-accent"
      aria-hidden="true"
      focusable="false"
      fill="none"
    >
      <path
        d="M2.5 16C6 9.5 10.7 6.5 16 6.5S26 9.5 29.5 16C26 22.5 21.3 25.5 16 25.5S6 22.5 2.5 16Z"
        stroke="currentColor"
        strokeWidth="2.2"
        strokeLinejoin="round"
      />
      <circle cx="16" cy="16" r="5.6" stroke="currentColor" strokeWidth="2" />
      <g stroke="currentColor" strokeWidth="1.3" strokeLinecap="round">
        <path d="M16 10.8v3M16 18.2v3M10.8 16h3M18.2 16h3M12.3 12.3l2.1 2.1M17.6 17.6l2.1 2.1M19.7 12.3l-2.1 2.1M14.4 17.6l-2.1 2.1" />
      </g>
      <circle cx="16" cy="16" r="1.7" fill="currentColor" />
    </svg>
  );
}

/** The mark with the product's name. */
export function Logo() {
  return (
    <span className="inline-flex items-center gap-2 text-[17px] font-semibold tracking-tight">
      <LogoMark />
      Chakravue
    </span>
  );
}
