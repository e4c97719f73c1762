import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { Section } from '@/components/ui/card';
import { ExportLinks } from '@/components/ui/export-links';
import { PageHeader } from '@/components/ui/page-header';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { listPayers } from '@/features/cashier/payers/queries';
import { MOST_CERTIFICATES, readTds } from '@/features/cashier/tds-certificates/queries';
import { CertificateForm } from '@/features/cashier/tds-certificates/ui/certificate-form';
import { CertificateList, WithheldTable } from '@/features/cashier/tds-certificates/ui/tds-tables';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { today } from '@/lib/time';

export const metadata: Metadata = { title: 'Tax withheld' };

export default async function TdsPage() {
  const ctx = await staffPage('bills:read');
  const canWrite = ctx.can('claims:write');
  const [{ quarters, rows, certificates }, payers, ended, { currency }] = await load(
    Promise.all([readTds(ctx), listPayers(ctx), listPayers(ctx, false), getBillSettings(ctx)]),
  );
  return (
    <>
      <PageHeader
        breadcrumbs={[
          { label: 'Cashier', href: paths.cashier },
          { label: 'Claims', href: paths.claims },
          { label: 'Tax withheld' },
        ]}
        title="Tax withheld"
        description="What payers kept back for the hospital’s own tax, and the certificates that say so."
        actions={<ExportLinks href={paths.tdsExport} />}
      />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Section title="By payer and quarter" flush>
          <WithheldTable rows={rows} currency={currency} />
        </Section>
        {canWrite ? (
          <Section title="New certificate">
            <CertificateForm
              payers={payers}
              ended={ended}
              quarters={quarters}
              today={today(ctx.timeZone)}
              symbol={currency.code}
              requestKey={randomUUID()}
            />
          </Section>
        ) : null}
      </div>
      <Section
        title="Certificates"
        flush
        className="mt-5"
        {...(certificates.length >= MOST_CERTIFICATES
          ? { description: `The newest ${MOST_CERTIFICATES}. The figures above are of all.` }
          : {})}
      >
        <CertificateList certificates={certificates} currency={currency} canWrite={canWrite} />
      </Section>
    </>
  );
}
