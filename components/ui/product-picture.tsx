import { clsx } from 'clsx';

/**
 * A picture of the product in the reader's own colours, made by `npm run pictures`; the one that is not shown
 * is not fetched, and a phone fetches a small one.
 * @param sizes how wide it stands, as of an image
 */
export function ProductPicture({
  name,
  alt,
  sizes,
  isFirst = false,
  className,
}: {
  name: string;
  alt: string;
  sizes: string;
  /** The first picture of its page. */
  isFirst?: boolean;
  className?: string;
}) {
  const shared = {
    ...{ width: 1440, height: 900, sizes, alt },
    loading: 'lazy',
    decoding: 'async',
    fetchPriority: isFirst ? 'high' : 'auto',
  } as const;
  const sources = (colours: 'light' | 'dark') => {
    const file = `/screenshots/${name}-${colours}`;
    return { src: `${file}.webp`, srcSet: `${file}-720.webp 720w, ${file}.webp 1440w` };
  };
  const frame = clsx('h-auto w-full', className);
  return (
    <>
      {/* biome-ignore lint/performance/noImgElement: static files at their own sizes; the optimizer is off */}
      <img {...shared} {...sources('light')} alt={alt} className={clsx(frame, 'dark:hidden')} />
      {/* biome-ignore lint/performance/noImgElement: static files at their own sizes; the optimizer is off */}
      <img {...shared} {...sources('dark')} alt={alt} className={clsx(frame, 'hidden dark:block')} />
    </>
  );
}
