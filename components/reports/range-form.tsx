import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import type { Range } from '@/lib/features/reports/schema';
import type { Day } from '@/lib/time';

/** Chooses the days of a report. A plain form: the range stays in the address and works without script. */
export function RangeForm({ range, today, action }: { range: Range; today: Day; action: string }) {
  return (
    <form action={action} className="no-print mb-5 flex flex-wrap items-end gap-3">
      <Field label="From">
        {(control) => <Input {...control} type="date" name="from" defaultValue={range.from} max={today} />}
      </Field>
      <Field label="To">
        {(control) => <Input {...control} type="date" name="to" defaultValue={range.to} max={today} />}
      </Field>
      <Button type="submit">Show</Button>
    </form>
  );
}
