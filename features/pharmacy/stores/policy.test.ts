import { expect, it } from 'vitest';
import { FIRST_STORE_ID, piecesIn, storesOf } from './policy';

it('leaves to the first store what stands in no other', () => {
  const [counter, ward] = ['a'.repeat(24), 'b'.repeat(24)];
  const lot = {
    quantity: 10,
    elsewhere: [
      { storeId: counter, quantity: 3 },
      { storeId: ward, quantity: 7 },
    ],
  };
  expect([FIRST_STORE_ID, counter, ward].map((id) => piecesIn(lot, id))).toEqual([0, 3, 7]);
  expect(storesOf(lot)).toEqual([
    { storeId: counter, quantity: 3 },
    { storeId: ward, quantity: 7 },
  ]);
  // A lot of before there were stores.
  expect(piecesIn({ quantity: 4 }, FIRST_STORE_ID)).toBe(4);
  expect(piecesIn({ quantity: 4 }, counter)).toBe(0);
  expect(storesOf({ quantity: 0 })).toEqual([]);
});
