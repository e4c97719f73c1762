'use client';
import { ConfirmAction } from '@/components/forms/confirm-action';
import { CurrentPassword, PASSWORD_OR_CODE } from '@/components/forms/current-password';
import { FormSelect, FormTextarea } from '@/components/forms/form-field';
import { May } from '@/components/layout/may';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { inPercent } from '@/features/subscription/quotes/policy';
import { monthName } from '@/features/subscription/revenue/months';
import { dayInUtc } from '@/lib/words';
import { settleMonthAction } from '../actions';
import type { ServiceMonth } from '../dto';
import type { OwnServiceMonth } from '../queries';

const DECISIONS = [
  { value: 'credit', label: 'Give the credit' },
  { value: 'waive', label: 'Give none' },
];

type Shown = Pick<
  ServiceMonth,
  'month' | 'isRunning' | 'promised' | 'measured' | 'checks' | 'failed' | 'excused'
>;

function MonthFacts({ row }: { row: Shown }) {
  const { month, isRunning, promised, measured, checks, failed, excused } = row;
  return (
    <span className="min-w-0">
      <span className="block font-medium text-text">
        {monthName(month)}
        {isRunning ? ', so far' : ''}
      </span>
      <span className="block text-[0.8125rem] text-text-muted tabular-nums">
        {measured === null
          ? 'Not measured yet'
          : `${inPercent(measured)}; ${inPercent(promised)} were promised`}
        {`; ${failed} of ${checks} checks without an answer`}
        {excused > 0 ? `, ${excused} within maintenance` : ''}
      </span>
    </span>
  );
}

/** A running month can still become better or worse. */
const isBelow = ({ isRunning, measured, promised }: Shown): boolean =>
  !isRunning && measured !== null && measured < promised;

/** What was promised to a customer and what it had, with what is due for a month that was missed. */
export function ServiceLevelSection({
  organizationId,
  months,
}: {
  organizationId: string;
  months: readonly ServiceMonth[];
}) {
  return (
    <Section
      title="Service level"
      description="Each two minutes its database is asked. Months are in UTC."
      flush
    >
      <ul aria-label="Service level" className="divide-y divide-border">
        {months.map((row) => (
          <li key={row.month} className="flex flex-wrap items-center justify-between gap-3 px-4 py-3 sm:px-5">
            <MonthFacts row={row} />
            <span className="flex flex-wrap items-center gap-2">
              {row.settlement ? (
                <span className="text-[0.8125rem] text-text-muted">
                  {row.settlement.kind === 'credited' ? `${row.settlement.words} given` : 'No credit'} by{' '}
                  {row.settlement.byName}, {dayInUtc(row.settlement.at)}
                </span>
              ) : null}
              {isBelow(row) ? (
                <Badge tone="danger">Missed</Badge>
              ) : row.measured === null || row.isRunning ? null : (
                <Badge tone="success">Kept</Badge>
              )}
              {row.creditPercent > 0 && !row.settlement ? (
                <May to="terms:write">
                  <ConfirmAction
                    trigger={<Button size="sm">Settle</Button>}
                    title={`Settle ${monthName(row.month)}`}
                    description={`${row.creditPercent} % of a month’s fee are due. Given, they are credit for the next invoice, and the customer is told by mail.`}
                    confirm="Settle month"
                    tone="primary"
                    action={settleMonthAction}
                    fields={{ organizationId, month: row.month }}
                  >
                    <FormSelect
                      name="decision"
                      label="Credit"
                      options={DECISIONS}
                      defaultValue="credit"
                      required
                    />
                    <FormTextarea
                      name="reason"
                      label="Reason"
                      help="It stands in the log and at Stripe. The customer is not shown it."
                      maxLength={300}
                      defaultValue={`Service level missed in ${monthName(row.month)}`}
                      required
                    />
                    <CurrentPassword help={PASSWORD_OR_CODE} />
                  </ConfirmAction>
                </May>
              ) : null}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** The same as the customer sees it. */
export function OwnServiceLevel({ months }: { months: readonly OwnServiceMonth[] }) {
  return (
    <Section
      title="Service level"
      description="How often your database answered when we asked, each two minutes. Months are in UTC."
      flush
    >
      <ul aria-label="Service level" className="divide-y divide-border">
        {months.map((row) => (
          <li key={row.month} className="flex flex-wrap items-center justify-between gap-3 px-4 py-3 sm:px-5">
            <MonthFacts row={row} />
            <span className="flex flex-wrap items-center gap-2">
              {row.creditWords ? (
                <span className="text-[0.8125rem] text-text-muted">{row.creditWords} were credited</span>
              ) : null}
              {isBelow(row) ? (
                <Badge tone="danger">Missed</Badge>
              ) : row.measured === null || row.isRunning ? null : (
                <Badge tone="success">Kept</Badge>
              )}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
