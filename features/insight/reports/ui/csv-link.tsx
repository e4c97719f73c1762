import { ExportLinks } from '@/components/ui/export-links';
import { paths } from '@/lib/paths';
import type { Export, Range } from '../schema';

/** A part of a report as a file. */
export function CsvLink({ range, what }: { range: Range; what: Export }) {
  return (
    <ExportLinks
      href={`${paths.reportExport}?what=${what}&from=${range.from}&to=${range.to}`}
      what={what}
      variant="ghost"
      size="sm"
    />
  );
}
