import { buttonClass } from '@/components/ui/button';
import Link from '@/components/ui/link';
import { PAPER_LANGUAGES, type PaperLanguage } from '@/lib/paper-language';
import { withQuery } from '@/lib/query-words';

/** The language that stands beside the English on the paper. */
export function LanguageLinks({ href, language }: { href: string; language: PaperLanguage }) {
  return (
    <nav aria-label="Language of the paper" className="flex flex-wrap gap-1">
      {Object.entries(PAPER_LANGUAGES).map(([code, name]) => (
        <Link
          key={code}
          href={withQuery(href, { language: code })}
          lang={code}
          scroll={false}
          aria-current={code === language ? 'true' : undefined}
          className={buttonClass({ size: 'sm', variant: code === language ? 'primary' : 'secondary' })}
        >
          {name}
        </Link>
      ))}
    </nav>
  );
}
