import type { MetadataRoute } from 'next';
import { connection } from 'next/server';
import { env } from '@/lib/env';
import { paths } from '@/lib/paths';

/** Only what everybody may read; addresses that are keys are nobody's to list. */
export default async function robots(): Promise<MetadataRoute.Robots> {
  await connection();
  return {
    rules: {
      userAgent: '*',
      allow: [
        ...[`${paths.home}$`, paths.pricing, `${paths.signup()}$`, `${paths.login}$`, paths.legal('')],
        ...[paths.help, `${paths.status}$`, paths.statusSubscribe, paths.changes],
        // What these pages are drawn with: without it they are judged as if they were broken.
        ...[
          '/_next/static/',
          '/opengraph-image',
          '/icon',
          '/apple-icon',
          '/screenshots/',
          '/manifest.webmanifest',
        ],
      ],
      disallow: paths.home,
    },
    sitemap: `${env().NEXTAUTH_URL}/sitemap.xml`,
  };
}
