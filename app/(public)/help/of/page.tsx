import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { articleOf } from '@/features/support/help/articles';
import { paths } from '@/lib/paths';

export const metadata: Metadata = { title: 'Help', robots: { index: false } };

/** Leads from a page of the product to what explains it. */
export default async function HelpOfPage({ searchParams }: PageProps<'/help/of'>) {
  const { page } = await searchParams;
  const article = typeof page === 'string' ? articleOf(page.slice(0, 200)) : null;
  redirect(article ? paths.helpArticle(article.slug) : paths.help);
}
