import { expect, it } from 'vitest';
import { contactLensBlocks } from './paper';
import { type ContactLens, contactText } from './policy';

const lens: ContactLens = {
  baseCurve: 860,
  diameter: 142,
  sphere: -8,
  cylinder: -3,
  axis: 90,
  brand: 'Toric 1',
};
const shared = { replacement: 'monthly', wear: 'day', validMonths: 6 } as const;

it('prints the figures as they are ordered, and a brand once where both eyes have it', () => {
  const [table, facts] = contactLensBlocks(
    { ...shared, right: lens, left: { ...lens, quantity: 3 } },
    '2026-08-31',
  );
  expect(table).toMatchObject({
    rows: [
      ['Right (R)', '8.60', '14.2', '−2.00', '−0.75', '90°', '', ''],
      ['Left (L)', '8.60', '14.2', '−2.00', '−0.75', '90°', '', '3'],
    ],
  });
  expect(facts).toMatchObject({
    facts: [{ label: 'Brand', value: 'Toric 1' }, {}, {}, { label: 'Valid until', value: 'Sun 28 Feb 2027' }],
  });
});

it('says whose brand it is where one eye has another or no lens', () => {
  const [, facts] = contactLensBlocks({ ...shared, right: lens }, '2026-11-29');
  expect(facts).toMatchObject({ facts: [{ label: 'Brand, right', value: 'Toric 1' }, {}, {}, {}] });
  expect(contactText({ ...shared, right: lens })).toBe('R 8.60 / 14.2, −2.00 / −0.75 × 90° Toric 1');
});
