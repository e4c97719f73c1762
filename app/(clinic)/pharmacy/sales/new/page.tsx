import type { Metadata } from 'next';
import { PageHeader } from '@/components/ui/page-header';
import { wholeUnit } from '@/features/cashier/bill-settings/policy';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { listApprovers } from '@/features/cashier/bills/approval';
import { SaleForm } from '@/features/dispensary/sales/ui/sale-form';
import { storesAndCounter } from '@/features/pharmacy/stores/queries';
import { CounterChoice } from '@/features/pharmacy/stores/ui/counter-choice';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { today } from '@/lib/time';

export const metadata: Metadata = { title: 'Sell' };

export default async function NewSalePage() {
  const ctx = await staffPage('sales:write');
  const [{ currency, isRounded, discountLimitBp }, { offered, counter: store }, approvers] = await load(
    Promise.all([getBillSettings(ctx), storesAndCounter(ctx), listApprovers(ctx)]),
  );
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: 'Pharmacy', href: paths.pharmacy }, { label: 'Sell' }]}
        title="Sell"
        description="Without a prescription of the hospital. Stock and bill are written together."
      />
      <CounterChoice stores={offered} chosen={store} />
      <div className="max-w-4xl">
        <SaleForm
          key={store.id}
          storeId={store.id}
          currency={currency}
          step={isRounded ? wholeUnit(currency.code) : 1}
          today={today(ctx.timeZone)}
          discountLimitBp={discountLimitBp}
          canDiscountAlone={ctx.can('discounts:write')}
          approvers={approvers}
        />
      </div>
    </>
  );
}
