import type { StaticImageData } from 'next/image';
import type { SVGProps } from 'react';
import type { LucideName } from './icon-name';
import sheet from './icons.svg';

export type { LucideName };

const { src } = sheet as StaticImageData;

/**
 * One of Lucide's drawings, in the text's colour, 24 px wide unless a class says otherwise. They stand in one
 * sheet that a browser fetches once (scripts/icons.mjs): Lucide's own components are the browser's, so each
 * would be sent twice, and with one of a list of components comes the list.
 * @param of its name at Lucide, or the product's mark
 */
export function Icon({
  of: name,
  className,
  ...props
}: SVGProps<SVGSVGElement> & { of: LucideName | 'mark' }) {
  return (
    <svg aria-hidden="true" className={className ? `icon ${className}` : 'icon'} {...props}>
      <use href={`${src}#${name}`} />
    </svg>
  );
}
