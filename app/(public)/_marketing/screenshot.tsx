import { clsx } from 'clsx';
import { ProductPicture } from '@/components/ui/product-picture';

/** A picture of the product in its frame. */
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
  return (
    <div
      className={clsx(
        'overflow-hidden rounded-xl border border-border bg-surface-sunken shadow-overlay ring-4 ring-text/[0.03]',
        className,
      )}
    >
      <ProductPicture
        name={name}
        alt={alt}
        isFirst={priority}
        sizes={priority ? '(min-width: 64rem) 64rem, 100vw' : '(min-width: 64rem) 40rem, 100vw'}
        className="aspect-[16/10] bg-surface-sunken text-transparent"
      />
    </div>
  );
}
