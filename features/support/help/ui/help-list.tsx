import Link from '@/components/ui/link';
import { paths } from '@/lib/paths';

type Listed = { slug: string; title: string; description: string };

export function HelpList({ articles, label }: { articles: readonly Listed[]; label: string }) {
  return (
    <ul aria-label={label} className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
      {articles.map(({ slug, title, description }) => (
        <li key={slug}>
          <Link
            href={paths.helpArticle(slug)}
            data-row-link=""
            className="font-medium text-accent underline-offset-2 hover:underline"
          >
            {title}
          </Link>
          <p className="text-text-muted">{description}</p>
        </li>
      ))}
    </ul>
  );
}
