import type { Metadata } from 'next';
import { EmptyState } from '@/components/ui/empty-state';
import Link from '@/components/ui/link';
import { SearchInput } from '@/components/ui/search-input';
import { listArticles, searchArticles } from '@/features/support/help/articles';
import { HELP_GROUPS } from '@/features/support/help/policy';
import { HelpList } from '@/features/support/help/ui/help-list';
import { paths } from '@/lib/paths';

export const metadata: Metadata = {
  title: 'Help',
  description: 'How the work of an eye hospital is done in Chakravue, step by step and by role.',
  alternates: { canonical: paths.help },
};

export default async function HelpPage({ searchParams }: PageProps<'/help'>) {
  const { q } = await searchParams;
  const typed = typeof q === 'string' ? q.slice(0, 100).trim() : '';
  return (
    <div className="mx-auto w-full max-w-4xl px-5 py-12">
      <h1 className="font-semibold text-3xl tracking-tight">Help</h1>
      <p className="mt-2 text-text-muted">
        How the work is done, step by step. The question mark at the top of each page leads to its article.
      </p>
      <SearchInput label="Search the help" className="mt-6 sm:max-w-md" />
      <div className="mt-8">{typed ? <Found typed={typed} /> : <ByGroup />}</div>
    </div>
  );
}

function Found({ typed }: { typed: string }) {
  const found = searchArticles(typed);
  if (found.length === 0)
    return (
      <EmptyState title={`No article about “${typed}”`}>
        Try another word, or{' '}
        <Link href={paths.support} className="text-accent underline underline-offset-2">
          ask our support
        </Link>
        .
      </EmptyState>
    );
  return (
    <>
      <p role="status" className="mb-4 text-text-muted">
        {found.length === 1 ? '1 article' : `${found.length} articles`} about “{typed}”
      </p>
      <HelpList articles={found} label="Articles found" />
    </>
  );
}

function ByGroup() {
  const articles = listArticles();
  return HELP_GROUPS.map((group) => (
    <section key={group} className="mb-9">
      <h2 className="mb-3 font-semibold text-xl">{group}</h2>
      <HelpList articles={articles.filter((one) => one.group === group)} label={group} />
    </section>
  ));
}
