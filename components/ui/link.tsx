'use client';

import { useRouter } from 'next/navigation';
import { type ComponentProps, type MouseEvent, startTransition } from 'react';

type LinkProps = Omit<ComponentProps<'a'>, 'href'> & {
  href: string;
  /** Takes the place of this page in the history. */
  replace?: boolean;
  /** False keeps the page where it is scrolled to. */
  scroll?: boolean;
};

/** What the browser does by itself: another tab, a download, another site, a phone call. */
const isForBrowser = (event: MouseEvent<HTMLAnchorElement>, href: string): boolean =>
  event.button !== 0 ||
  event.metaKey ||
  event.ctrlKey ||
  event.shiftKey ||
  event.altKey ||
  event.currentTarget.hasAttribute('download') ||
  !['', '_self'].includes(event.currentTarget.target) ||
  !/^[/?#](?!\/)/.test(href);

/**
 * A link within the product: the page changes and the frame stays. Next's own asks the server for what lies
 * behind each link that comes into view, where there is nothing to get before it is asked for, and brings
 * nine kilobytes for that to every page.
 */
export default function Link({ href, replace = false, scroll = true, onClick, ...props }: LinkProps) {
  const router = useRouter();
  return (
    <a
      {...props}
      href={href}
      onClick={(event) => {
        onClick?.(event);
        if (event.defaultPrevented || isForBrowser(event, href)) return;
        event.preventDefault();
        startTransition(() => (replace ? router.replace : router.push)(href, { scroll }));
      }}
    />
  );
}
