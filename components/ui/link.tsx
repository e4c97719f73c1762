'use client';

import NextLink from 'next/link';
import type { ComponentProps } from 'react';

/**
 * Next's own asks the server twice for what lies behind each link that comes into view: some fifty requests a
 * page, and nothing to get where pages are made when they are asked for.
 */
export default function Link(props: ComponentProps<typeof NextLink>) {
  return <NextLink prefetch={false} {...props} />;
}
