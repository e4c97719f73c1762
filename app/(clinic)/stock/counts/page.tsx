import type { Metadata } from 'next';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Icon } from '@/components/ui/icon';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { listStocktakes } from '@/features/pharmacy/stocktakes/queries';
import { stocktakesQuery } from '@/features/pharmacy/stocktakes/schema';
import { StartStocktake } from '@/features/pharmacy/stocktakes/ui/start-stocktake';
import { StocktakeList } from '@/features/pharmacy/stocktakes/ui/stocktake-list';
import { listOpenStores } from '@/features/pharmacy/stores/queries';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';

export const metadata: Metadata = { title: 'Stocktakes' };

export default async function StocktakesPage({ searchParams }: PageProps<'/stock/counts'>) {
  const ctx = await staffPage('medicines:read');
  const query = stocktakesQuery.parse(await searchParams);
  const [{ stocktakes, before, after }, stores] = await load(
    Promise.all([listStocktakes(ctx, query), listOpenStores(ctx)]),
  );
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: 'Stores', href: paths.stores }, { label: 'Stocktakes' }]}
        title="Stocktakes"
        description="Who counts does not see what should be there; somebody else approves the differences."
        actions={ctx.can('medicines:write') ? <StartStocktake stores={stores} /> : null}
      />
      <Card>
        {stocktakes.length === 0 ? (
          <EmptyState icon={<Icon of="clipboard-check" />} title="Nothing was counted yet">
            A store can be counted while it goes on giving out.
          </EmptyState>
        ) : (
          <StocktakeList stocktakes={stocktakes} timeZone={ctx.timeZone} />
        )}
      </Card>
      <Pagination
        className="mt-4"
        previousHref={before ? withQuery(paths.stocktakes, { before }) : null}
        nextHref={after ? withQuery(paths.stocktakes, { after }) : null}
      />
    </>
  );
}
