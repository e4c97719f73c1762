import type { Metadata } from 'next';
import { Badge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Icon } from '@/components/ui/icon';
import Link from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { RECALL_SOURCES } from '@/features/dispensary/lot-recalls/policy';
import { listRecalls } from '@/features/dispensary/lot-recalls/queries';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { formatInstant } from '@/lib/time';

export const metadata: Metadata = { title: 'Recalled lots' };

export default async function LotRecallsPage() {
  const ctx = await staffPage('dispenses:read');
  const recalls = await load(listRecalls(ctx));
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: 'Pharmacy', href: paths.pharmacy }, { label: 'Recalled lots' }]}
        title="Recalled lots"
        description="Lots that are not to be used, and who got them."
      />
      <Card>
        {recalls.length === 0 ? (
          <EmptyState icon={<Icon of="shield-check" />} title="No lot is recalled">
            A lot is recalled on the page of its medicine.
          </EmptyState>
        ) : (
          <ul aria-label="Recalled lots" className="divide-y divide-border">
            {recalls.map((recall) => (
              <li key={recall.id} className="px-4 py-3 sm:px-5">
                <p className="flex flex-wrap items-center gap-2">
                  <Link href={paths.lotRecall(recall.id)} className="font-medium text-text hover:underline">
                    {recall.medicineName}, lot {recall.lotNumber}
                  </Link>
                  <Badge tone={recall.isOpen ? 'danger' : 'neutral'}>
                    {recall.isOpen ? 'Open' : 'Closed'}
                  </Badge>
                </p>
                <p className="text-[0.8125rem] text-text-muted">
                  {RECALL_SOURCES[recall.source]}: {recall.reason}. {recall.byName},{' '}
                  {formatInstant(new Date(recall.at), ctx.timeZone)}
                </p>
              </li>
            ))}
          </ul>
        )}
      </Card>
    </>
  );
}
