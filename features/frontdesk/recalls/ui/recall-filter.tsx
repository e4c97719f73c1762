import { clsx } from 'clsx';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import Link from '@/components/ui/link';
import { Select } from '@/components/ui/select';
import { paths } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';
import { countUpTo, dueName } from '@/lib/words';
import { RECALL_LABEL, RECALL_MONTHS, type RecallMonths } from '../policy';
import type { RecallCount } from '../queries';

const chip = (isChosen: boolean) =>
  clsx(
    'inline-flex min-h-8 items-center gap-1.5 rounded-md border px-3 text-[0.8125rem]',
    isChosen
      ? 'border-accent bg-accent-soft font-medium text-text'
      : 'border-border text-text-muted hover:border-border-strong hover:text-text',
  );

/**
 * Which branch saw them last, after how long somebody is due, and the month of it, each with how many. The
 * choice stays in the address.
 */
export function RecallFilter({
  months,
  due,
  counts,
  scopes,
  branch,
}: {
  months: RecallMonths;
  due: string;
  counts: readonly RecallCount[];
  /** The branches to choose from; none where there is one alone. */
  scopes: readonly { value: string; label: string }[];
  branch: string;
}) {
  const asked = scopes.length > 0 ? { branch } : {};
  return (
    <div className="no-print grid gap-3">
      {scopes.length > 0 ? (
        <form action={paths.recalls} className="flex flex-wrap items-end gap-3">
          <input type="hidden" name="months" value={months} />
          <input type="hidden" name="due" value={due} />
          <Field label="Last seen at">
            {(control) => <Select {...control} name="branch" defaultValue={branch} options={scopes} />}
          </Field>
          <Button type="submit">Show</Button>
        </form>
      ) : null}
      <nav aria-label="Time since the last visit" className="flex flex-wrap gap-1.5">
        {RECALL_MONTHS.map((one) => (
          <Link
            key={one}
            href={withQuery(paths.recalls, { months: one, ...asked })}
            aria-current={one === months ? 'page' : undefined}
            className={chip(one === months)}
          >
            {RECALL_LABEL[one]}
          </Link>
        ))}
      </nav>
      <nav aria-label="Month due" className="flex flex-wrap gap-1.5">
        {counts.map((one) => (
          <Link
            key={one.due}
            href={withQuery(paths.recalls, { months, due: one.due, ...asked })}
            aria-current={one.due === due ? 'page' : undefined}
            className={chip(one.due === due)}
          >
            {dueName(one.due)}
            <span className="tabular-nums">({countUpTo(one)})</span>
          </Link>
        ))}
      </nav>
    </div>
  );
}
