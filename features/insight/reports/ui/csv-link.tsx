import { Download } from 'lucide-react';
import { buttonClass } from '@/components/ui/button';
import { paths } from '@/lib/paths';
import type { Export, Range } from '../schema';

/** A part of a report as a file for a spreadsheet. */
export function CsvLink({ range, what }: { range: Range; what: Export }) {
  return (
    <a
      href={`${paths.reportExport}?what=${what}&from=${range.from}&to=${range.to}`}
      className={buttonClass({ variant: 'ghost', size: 'sm' })}
      aria-label={`Download ${what} as CSV`}
    >
      <Download aria-hidden="true" />
      CSV
    </a>
  );
}
