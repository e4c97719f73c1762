import type { Metadata } from 'next';
import { ConfirmAction } from '@/components/forms/confirm-action';
import { FormField } from '@/components/forms/form-field';
import { Button, buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { DescriptionList } from '@/components/ui/description-list';
import { Icon } from '@/components/ui/icon';
import Link from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { ReportTable } from '@/components/ui/report-table';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { withdrawEstimateAction } from '@/features/cashier/estimates/actions';
import { getEstimate } from '@/features/cashier/estimates/queries';
import { EstimateBadge } from '@/features/cashier/estimates/ui/estimate-list';
import { load, staffPage } from '@/lib/actions/staff';
import { formatAmount, formatFigure } from '@/lib/currency';
import { paths } from '@/lib/paths';
import { formatDay } from '@/lib/time';

export const metadata: Metadata = { title: 'Estimate' };

export default async function EstimatePage({ params }: PageProps<'/cashier/estimates/[estimateId]'>) {
  const ctx = await staffPage('bills:read');
  const { estimateId } = await params;
  const [estimate, settings] = await load(Promise.all([getEstimate(ctx, estimateId), getBillSettings(ctx)]));
  const currency = { ...settings.currency, code: estimate.currency };
  const figure = (minor: number) => formatFigure(minor, currency);
  const isOpen = estimate.state === 'open';
  return (
    <>
      <PageHeader
        breadcrumbs={[
          { label: 'Cashier', href: paths.cashier },
          { label: 'Estimates', href: paths.estimates },
          { label: estimate.number },
        ]}
        title={`Estimate ${estimate.number}`}
        badge={<EstimateBadge state={estimate.state} />}
        description={
          <Link href={paths.patient(estimate.patientId)} className="hover:underline">
            {estimate.patientName}, {estimate.patientNumber}
          </Link>
        }
        actions={
          <>
            {isOpen && ctx.can('bills:write') ? (
              <>
                <ConfirmAction
                  trigger={<Button>Withdraw</Button>}
                  title={`Withdraw ${estimate.number}?`}
                  description="It stays readable, and no bill can be made of it."
                  confirm="Withdraw it"
                  action={withdrawEstimateAction}
                  fields={{ estimateId: estimate.id }}
                >
                  <FormField name="reason" label="Reason" required maxLength={200} autoComplete="off" />
                </ConfirmAction>
                <Link
                  href={paths.billOfEstimate(estimate.patientId, estimate.id)}
                  className={buttonClass({ variant: 'primary' })}
                >
                  Make the bill
                </Link>
              </>
            ) : null}
            <a href={paths.estimatePrint(estimate.id)} className={buttonClass()}>
              <Icon of="printer" /> Print estimate
            </a>
          </>
        }
      />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Section title="Services" flush>
          <ReportTable
            caption="Lines of the estimate"
            rows={estimate.lines}
            rowKey={({ serviceId }) => serviceId}
            columns={[
              { label: 'Service', cell: ({ name }) => name },
              { label: 'Quantity', cell: ({ quantity }) => quantity },
              { label: 'Price', cell: ({ unitMinor }) => figure(unitMinor) },
              { label: 'Tax', cell: ({ taxMinor }) => figure(taxMinor) },
              { label: 'Total', cell: ({ totalMinor }) => figure(totalMinor) },
            ]}
            empty=""
          />
        </Section>
        <Section title="About this estimate">
          <DescriptionList
            items={[
              { label: 'Total', value: formatAmount(estimate.totalMinor, currency) },
              { label: 'Written', value: `${formatDay(estimate.day)} by ${estimate.byName}` },
              { label: 'Valid until', value: formatDay(estimate.validUntil) },
              { label: 'Doctor', value: estimate.doctorName },
              { label: 'Note', value: estimate.note },
              ...(estimate.billId
                ? [
                    {
                      label: 'Bill',
                      value: (
                        <Link href={paths.bill(estimate.billId)} className="underline">
                          {estimate.billNumber}
                        </Link>
                      ),
                    },
                  ]
                : []),
              ...(estimate.reason ? [{ label: 'Withdrawn', value: estimate.reason }] : []),
            ]}
          />
        </Section>
      </div>
    </>
  );
}
