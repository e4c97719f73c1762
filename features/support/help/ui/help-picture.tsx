import { clsx } from 'clsx';

/** A picture of the product in the reader's own colours; the one that is not shown is not fetched. */
export function HelpPicture({ name, alt }: { name: string; alt: string }) {
  const shared = { width: 1440, height: 900, loading: 'lazy', decoding: 'async' } as const;
  const frame = 'h-auto w-full';
  return (
    <figure className="my-5 overflow-hidden rounded-lg border border-border bg-surface-sunken">
      {/* biome-ignore lint/performance/noImgElement: a static file at its own size; the optimizer is off */}
      <img
        {...shared}
        alt={alt}
        src={`/screenshots/${name}-light.png`}
        className={clsx(frame, 'dark:hidden')}
      />
      {/* biome-ignore lint/performance/noImgElement: a static file at its own size; the optimizer is off */}
      <img
        {...shared}
        alt={alt}
        src={`/screenshots/${name}-dark.png`}
        className={clsx(frame, 'hidden dark:block')}
      />
    </figure>
  );
}
