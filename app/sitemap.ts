import type { MetadataRoute } from 'next';
import { connection } from 'next/server';
import { listLegalDocuments } from '@/features/subscription/agreements/documents';
import { listArticles } from '@/features/support/help/articles';
import { env } from '@/lib/env';
import { paths } from '@/lib/paths';

/** The pages that a search engine may show. */
export default async function sitemap(): Promise<MetadataRoute.Sitemap> {
  await connection();
  const address = (path: string) => new URL(path, env().NEXTAUTH_URL).toString();
  return [
    ...[paths.home, paths.pricing, paths.signup(), paths.login, paths.help, paths.changes].map((path) => ({
      url: address(path),
    })),
    ...listLegalDocuments().map(({ slug, version }) => ({
      url: address(paths.legal(slug)),
      lastModified: version,
    })),
    ...listArticles().map(({ slug }) => ({ url: address(paths.helpArticle(slug)) })),
  ];
}
