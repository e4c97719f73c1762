import { buttonClass } from '@/components/ui/button';
import { FileDown } from '@/components/ui/icons';
import { paths } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';
import { addressOf, type Range } from '../schema';

/** The report of these days under the hospital's letterhead. */
export function PdfLink({ what, range }: { what: 'basic' | 'analytics'; range: Range }) {
  return (
    <a
      href={withQuery(paths.reportPdf, { what, ...addressOf(range) })}
      className={buttonClass({ variant: 'secondary' })}
    >
      <FileDown aria-hidden="true" />
      PDF
    </a>
  );
}
