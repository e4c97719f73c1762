import { clsx } from 'clsx';

const FRAME = 'aspect-[16/10] h-auto w-full bg-surface-sunken text-transparent';

/**
 * A screenshot of the product itself, in the reader's own colours. The one that is not shown is not fetched.
 */
export function Screenshot({
  name,
  alt,
  priority = false,
  className,
}: {
  name: 'today' | 'patients' | 'queue' | 'examination' | 'reports' | 'platform';
  alt: string;
  /** The first picture of the page. */
  priority?: boolean;
  className?: string;
}) {
  const shared = {
    width: 1440,
    height: 900,
    loading: 'lazy',
    decoding: 'async',
    fetchPriority: priority ? 'high' : 'auto',
  } as const;
  return (
    <div
      className={clsx(
        'overflow-hidden rounded-xl border border-border bg-surface-sunken shadow-overlay ring-4 ring-text/[0.03]',
        className,
      )}
    >
      {/* biome-ignore lint/performance/noImgElement: a static file at its own size; the optimizer is off */}
      <img
        {...shared}
        alt={alt}
        src={`/screenshots/${name}-light.png`}
        className={clsx(FRAME, 'dark:hidden')}
      />
      {/* biome-ignore lint/performance/noImgElement: a static file at its own size; the optimizer is off */}
      <img
        {...shared}
        alt={alt}
        src={`/screenshots/${name}-dark.png`}
        className={clsx(FRAME, 'hidden dark:block')}
      />
    </div>
  );
}
