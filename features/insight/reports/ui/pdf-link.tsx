import { buttonClass } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
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
      <Icon of="file-down" />
      PDF
    </a>
  );
}
