import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it, vi } from 'vitest';
import { BillForm } from './bill-form';
import type { Charged } from './typed-lines';

vi.mock('next/navigation', () => ({
  useRouter: () => ({ push: () => undefined, replace: () => undefined, refresh: () => undefined }),
  usePathname: () => '/cashier/bills/new',
  useSearchParams: () => new URLSearchParams(),
}));

const price = { unitMinor: 150_000, isInclusive: false, components: [] };
const oct = (id: string): Charged => ({
  ...{ id, name: `OCT ${id}`, quantity: 1, isFree: false, note: '', ofService: 'oct', ...price },
});
const cataract = {
  ...{ id: 'cataract', code: 'C', name: 'Cataract', ...price },
  includes: [{ serviceId: 'oct', quantity: 1 }],
};
const shown = (quantity: number, charges: Charged[]) =>
  renderToStaticMarkup(
    <BillForm
      action={async () => ({ status: 'idle' })}
      estimate={{ id: 'e', number: 'E/1', lines: [{ serviceId: 'cataract', quantity }] }}
      patientId="p"
      visitId={null}
      doctors={[]}
      doctorId=""
      services={[cataract]}
      charges={charges}
      proposed={null}
      currency={{ code: 'INR', locale: 'en-IN' }}
      step={100}
      discountLimitBp={1_000}
      canDiscountAlone
      approvers={[]}
      requestKey="key"
      payers={[]}
      payer=""
      place={null}
    />,
  );

it('says which of what was done a package takes in, and leaves the rest to be billed', () => {
  const one = shown(1, [oct('a'), oct('b')]);
  expect(one).toContain('Included in the package: OCT a</p>');
  expect(one).toContain('Put OCT b on the bill');
  expect(one).not.toContain('Put OCT a on the bill');
  const two = shown(2, [oct('a'), oct('b')]);
  expect(two).toContain('OCT a, OCT b');
  expect(two).not.toContain('on the bill"');
});
