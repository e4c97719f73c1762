import { Icon } from '@/components/ui/icon';
import { buttonClass } from './button';

/**
 * A table as a file, in the two ways it is asked for: CSV for other programs, and a workbook for people, in
 * which a spreadsheet changes neither a telephone number nor a code.
 */
export function ExportLinks(props: {
  href: string;
  /** Of what, where a page has several. */
  what?: string;
  variant?: 'ghost' | 'secondary';
  size?: 'sm' | 'md';
}) {
  const { href, what, variant = 'secondary', size = 'md' } = props;
  const of = what ? ` of ${what}` : '';
  return (
    <span className="flex flex-wrap gap-2">
      <a href={href} download className={buttonClass({ variant, size })} aria-label={`Export CSV${of}`}>
        <Icon of="download" /> CSV
      </a>
      <a
        href={`${href}${href.includes('?') ? '&' : '?'}format=xlsx`}
        download
        className={buttonClass({ variant, size })}
        aria-label={`Export for Excel${of}`}
      >
        <Icon of="download" /> Excel
      </a>
    </span>
  );
}
