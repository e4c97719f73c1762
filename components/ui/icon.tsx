import type { StaticImageData } from 'next/image';
import type { SVGProps } from 'react';
import sheet from './icons.svg';

const { src } = sheet as StaticImageData;

/** Drawn in the text's colour, 24 px wide unless a class says otherwise. */
export type Icon = (props: SVGProps<SVGSVGElement>) => React.ReactNode;

/** Where a drawing stands in the sheet. */
export const drawing = (name: string): string => `${src}#${name}`;

/**
 * One of Lucide's drawings, from the one sheet that a browser fetches once (scripts/icons.mjs). Lucide's own
 * components are the browser's too: each icon of a page would be sent twice. What stands on every page names
 * its icons itself: the list of all (icons.tsx) would come along.
 */
export const icon = (name: string): Icon =>
  function Drawing({ className, ...props }) {
    return (
      <svg aria-hidden="true" className={className ? `icon ${className}` : 'icon'} {...props}>
        <use href={drawing(name)} />
      </svg>
    );
  };
