import { ProductPicture } from '@/components/ui/product-picture';

/** A picture of the product in an article. */
export function HelpPicture({ name, alt }: { name: string; alt: string }) {
  return (
    <figure className="my-5 overflow-hidden rounded-lg border border-border bg-surface-sunken">
      <ProductPicture name={name} alt={alt} sizes="(min-width: 48rem) 44rem, 100vw" />
    </figure>
  );
}
