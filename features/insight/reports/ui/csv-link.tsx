import { ExportLinks } from '@/components/ui/export-links';
import { paths } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';
import { addressOf, type Export, type Range } from '../schema';

/** A part of a report as a file. */
export function CsvLink({ range, what }: { range: Range; what: Export }) {
  return (
    <ExportLinks
      href={withQuery(paths.reportExport, { what, ...addressOf(range) })}
      what={what}
      variant="ghost"
      size="sm"
    />
  );
}
