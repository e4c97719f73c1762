import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Prose } from '@/components/layout/prose';
import { Breadcrumbs } from '@/components/ui/page-header';
import { findArticle, listArticles } from '@/features/support/help/articles';
import { HelpList } from '@/features/support/help/ui/help-list';
import { HelpPicture } from '@/features/support/help/ui/help-picture';
import { paths } from '@/lib/paths';

type Props = PageProps<'/help/[article]'>;

async function articleOfAddress({ params }: Props) {
  const { article } = await params;
  return findArticle(article) ?? notFound();
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { slug, title, description } = await articleOfAddress(props);
  return { title, description, alternates: { canonical: paths.helpArticle(slug) } };
}

export default async function HelpArticlePage(props: Props) {
  const { slug, title, description, group, blocks } = await articleOfAddress(props);
  const others = listArticles().filter((one) => one.group === group && one.slug !== slug);
  return (
    <div className="mx-auto w-full max-w-3xl px-5 py-12">
      <Breadcrumbs items={[{ label: 'Help', href: paths.help }, { label: group }]} />
      <article className="mt-3">
        <h1 className="font-semibold text-3xl tracking-tight">{title}</h1>
        <p className="mt-2 text-text-muted">{description}</p>
        <div className="mt-6">
          <Prose title={title} blocks={blocks} picture={(one) => <HelpPicture {...one} />} />
        </div>
      </article>
      {others.length > 0 ? (
        <section className="mt-12 border-border border-t pt-6">
          <h2 className="mb-3 font-semibold text-lg">More for {group}</h2>
          <HelpList articles={others} label={`More for ${group}`} />
        </section>
      ) : null}
    </div>
  );
}
