import type { Metadata } from 'next';
import { Button, buttonClass } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Field } from '@/components/ui/field';
import { Icon } from '@/components/ui/icon';
import Link from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { Select } from '@/components/ui/select';
import { listRegister } from '@/features/dispensary/registers/queries';
import { registerQuery } from '@/features/dispensary/registers/schema';
import { RegisterTable } from '@/features/dispensary/registers/ui/register-table';
import { registersOf } from '@/features/pharmacy/medicines/control-classes';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';
import { scopeOf, scopesOf } from '@/lib/tenancy/at-branch';
import { monthOf, monthText, shiftMonth, today } from '@/lib/time';

export const metadata: Metadata = { title: 'Registers' };

export default async function RegistersPage({ searchParams }: PageProps<'/pharmacy/registers'>) {
  const ctx = await staffPage('dispenses:read');
  const query = registerQuery.parse(await searchParams);
  const registers = registersOf(ctx.organization.country);
  const chosen = registers.find(({ id }) => id === query.class) ?? registers[0];
  const thisMonth = monthOf(today(ctx.timeZone));
  const month = query.month ?? thisMonth;
  const scopes = scopesOf(ctx);
  const scope = scopeOf(ctx, query.branch ?? ctx.branch.id);
  const rows = chosen ? await load(listRegister(ctx, chosen.id, month, scope)) : [];
  const asked = scopes.length > 0 ? { branch: scope } : {};
  const at = (more: Record<string, string>) =>
    withQuery(paths.registers, { class: chosen?.id, month, ...asked, ...more });
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: 'Pharmacy', href: paths.pharmacy }, { label: 'Registers' }]}
        title={`${chosen?.label ?? ''} register`}
        description="What was given of medicines that the law watches, as the ledger has it."
        actions={
          chosen ? (
            <a
              href={withQuery(paths.registerPrint, { class: chosen.id, month, ...asked })}
              target="_blank"
              rel="noreferrer"
              className={buttonClass()}
            >
              <Icon of="printer" /> Print
            </a>
          ) : null
        }
      />
      {chosen && scopes.length > 0 ? (
        <form action={paths.registers} className="no-print mb-4 flex flex-wrap items-end gap-3">
          <input type="hidden" name="class" value={chosen.id} />
          <input type="hidden" name="month" value={month} />
          <Field label="Branch">
            {(control) => <Select {...control} name="branch" defaultValue={scope} options={scopes} />}
          </Field>
          <Button type="submit">Show</Button>
        </form>
      ) : null}
      <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
        <nav aria-label="Which register" className="flex flex-wrap gap-2">
          {registers.map(({ id, label }) => (
            <Link
              key={id}
              href={at({ class: id })}
              aria-current={id === chosen?.id ? 'page' : undefined}
              className={buttonClass({ size: 'sm', variant: id === chosen?.id ? 'primary' : 'secondary' })}
            >
              {label}
            </Link>
          ))}
        </nav>
        <nav aria-label="Month" className="flex items-center gap-2">
          <Link
            href={at({ month: shiftMonth(month, -1) })}
            aria-label="The month before"
            className={buttonClass({ size: 'sm' })}
          >
            <Icon of="chevron-left" />
          </Link>
          <span className="min-w-32 text-center font-medium text-sm">{monthText(month)}</span>
          {month < thisMonth ? (
            <Link
              href={at({ month: shiftMonth(month, 1) })}
              aria-label="The month after"
              className={buttonClass({ size: 'sm' })}
            >
              <Icon of="chevron-right" />
            </Link>
          ) : null}
        </nav>
      </div>
      <Card>
        {rows.length === 0 ? (
          <EmptyState icon={<Icon of="book-text" />} title="Nothing was given in this month">
            A medicine is in a register when its class is set on its page.
          </EmptyState>
        ) : (
          <RegisterTable rows={rows} />
        )}
      </Card>
    </>
  );
}
