import type { Metadata } from 'next';
import { ConfirmAction } from '@/components/forms/confirm-action';
import { Alert } from '@/components/ui/alert';
import { Badge } from '@/components/ui/badge';
import { Button, buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { DescriptionList } from '@/components/ui/description-list';
import { EmptyState } from '@/components/ui/empty-state';
import { Field } from '@/components/ui/field';
import { Icon } from '@/components/ui/icon';
import Link from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { Select } from '@/components/ui/select';
import { closeRecallAction } from '@/features/dispensary/lot-recalls/actions';
import {
  MOST_LETTERS,
  RECALL_SOURCES,
  RECALL_VIEW,
  type RecallView,
} from '@/features/dispensary/lot-recalls/policy';
import { getRecall, traceLot } from '@/features/dispensary/lot-recalls/queries';
import { recallQuery } from '@/features/dispensary/lot-recalls/schema';
import { RecipientList } from '@/features/dispensary/lot-recalls/ui/recipient-list';
import { countOf } from '@/features/pharmacy/medicines/policy';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';
import { scopeOf, scopesOf } from '@/lib/tenancy/at-branch';
import { formatDay, formatInstant } from '@/lib/time';

export const metadata: Metadata = { title: 'Recalled lot' };

export default async function LotRecallPage({
  params,
  searchParams,
}: PageProps<'/pharmacy/recalls/[recallId]'>) {
  const ctx = await staffPage('dispenses:read');
  const { show, branch } = recallQuery.parse(await searchParams);
  const recall = await load(getRecall(ctx, (await params).recallId));
  const scopes = scopesOf(ctx);
  const scope = scopeOf(ctx, branch);
  const asked = scopes.length > 0 ? { branch: scope } : {};
  const trace = await load(traceLot(ctx, recall, show, { scope }));
  const { patients, told, back } = trace.counts;
  const { inAll } = trace;
  const canWrite = ctx.can('dispenses:write') && recall.isOpen;
  const tabs: { key: RecallView; count: number }[] = [
    { key: 'open', count: patients - told },
    { key: 'all', count: patients },
    ...(back > 0 ? [{ key: 'back' as const, count: back }] : []),
  ];
  return (
    <>
      <PageHeader
        breadcrumbs={[
          { label: 'Pharmacy', href: paths.pharmacy },
          { label: 'Recalled lots', href: paths.lotRecalls },
          { label: recall.lotNumber },
        ]}
        title={`${recall.medicineName}, lot ${recall.lotNumber}`}
        badge={<Badge tone={recall.isOpen ? 'danger' : 'neutral'}>{recall.isOpen ? 'Open' : 'Closed'}</Badge>}
        description={`${RECALL_SOURCES[recall.source]}: ${recall.reason}. ${recall.byName}, ${formatInstant(new Date(recall.at), ctx.timeZone)}`}
        actions={
          canWrite ? (
            <>
              {told < patients ? (
                <a
                  href={withQuery(paths.lotRecallLetters(recall.id), asked)}
                  target="_blank"
                  rel="noreferrer"
                  className={buttonClass()}
                >
                  <Icon of="printer" /> Print letters
                </a>
              ) : null}
              <ConfirmAction
                trigger={<Button>Close the recall</Button>}
                title="Close this recall?"
                description={
                  inAll.told < inAll.patients
                    ? `${inAll.patients - inAll.told} of ${inAll.patients}${scopes.length > 0 ? ' at all branches' : ''} have not been told yet. The lot stays held.`
                    : 'Everybody has been told. The lot stays held.'
                }
                confirm="Close it"
                action={closeRecallAction}
                fields={{ recallId: recall.id }}
              />
            </>
          ) : null
        }
      />
      {trace.isCut ? (
        <Alert tone="warning" title="Not everybody is on this list" className="mb-5">
          This lot was given out more often than one list holds. Who got it earlier stands in the movements of
          the medicine.
        </Alert>
      ) : null}
      {scopes.length > 0 ? (
        <form action={paths.lotRecall(recall.id)} className="no-print mb-5 flex flex-wrap items-end gap-3">
          <input type="hidden" name="show" value={show} />
          <Field label="Given at">
            {(control) => <Select {...control} name="branch" defaultValue={scope} options={scopes} />}
          </Field>
          <Button type="submit">Show</Button>
          <p className="self-center text-sm text-text-muted">
            The recall holds the lot at all branches. {inAll.told} of {inAll.patients} told in all.
          </p>
        </form>
      ) : null}
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Section
          title={`${told} of ${patients} told`}
          flush
          actions={
            <nav aria-label="Whom to show" className="flex gap-2">
              {tabs.map(({ key, count }) => (
                <Link
                  key={key}
                  href={withQuery(paths.lotRecall(recall.id), { show: key, ...asked })}
                  aria-current={show === key ? 'page' : undefined}
                  className={buttonClass({ size: 'sm', variant: show === key ? 'primary' : 'secondary' })}
                >
                  {`${RECALL_VIEW[key]} (${count})`}
                </Link>
              ))}
            </nav>
          }
        >
          {trace.recipients.length === 0 ? (
            <EmptyState
              icon={<Icon of="user-check" />}
              title={
                show === 'back'
                  ? 'Nobody brought all of it back'
                  : patients > 0
                    ? 'Everybody has been told'
                    : inAll.patients > 0
                      ? 'Nobody has any of it here'
                      : 'Nobody has any of it'
              }
            />
          ) : (
            <RecipientList
              recallId={recall.id}
              unit={recall.unit}
              recipients={trace.recipients}
              timeZone={ctx.timeZone}
              canWrite={canWrite && show !== 'back'}
            />
          )}
          {trace.more > 0 ? (
            <p className="px-4 py-3 text-sm text-text-muted sm:px-5">
              {trace.more} more follow. Letters go to them too, at most {MOST_LETTERS} in one printing; those
              without a letter come first.
            </p>
          ) : null}
        </Section>
        <Section title="Where it is">
          <DescriptionList
            columns={2}
            items={[
              { label: 'On the shelf', value: countOf(trace.onShelf, recall.unit) },
              ...trace.inStores.map(({ name, quantity }) => ({
                label: `In ${name}`,
                value: countOf(quantity, recall.unit),
              })),
              ...(trace.inTransit > 0
                ? [{ label: 'In transit between stores', value: countOf(trace.inTransit, recall.unit) }]
                : []),
              { label: 'In quarantine', value: countOf(trace.inQuarantine, recall.unit) },
              { label: 'Given out', value: trace.isHeld ? 'Held: nothing more' : 'Not held' },
              {
                label: 'Given without a prescription',
                value: countOf(trace.nameless, recall.unit),
              },
              {
                label: 'Came from',
                value:
                  trace.receipts.length === 0
                    ? null
                    : trace.receipts.map((receipt) => (
                        <span key={receipt.id} className="block">
                          {receipt.supplierName}, {receipt.invoiceNumber} of {formatDay(receipt.invoiceDay)}
                        </span>
                      )),
              },
            ]}
          />
        </Section>
      </div>
    </>
  );
}
