import { expect, it } from 'vitest';
import { identitiesIn, type KnownMedicine, MOST_ROWS, planOpening } from './spreadsheet';

const main = { id: 'f'.repeat(24), name: 'Main store' };
const theatre = { id: 'e'.repeat(24), name: 'Theatre' };
const place = {
  ...{ country: 'IN', currency: 'INR', today: '2026-06-01' },
  ...{ stores: [main, theatre], store: main },
};
const timolol: KnownMedicine = {
  ...{ id: 'a'.repeat(24), name: 'Timolol', strength: '0.5 %', form: 'drop', unit: 'bottle', isActive: true },
  lots: ['OLD1'],
};
const sheet = (...rows: string[]) =>
  ['Medicine,Strength,Form,Unit,Class,Lot,Expiry,Quantity,Cost,MRP,Price', ...rows].join('\n');
const plan = (...rows: string[]) => planOpening(sheet(...rows), [timolol], place);

it('finds medicines however they are spaced, and takes lots with cost and printed price', () => {
  const { rows, problems } = plan('timolol,0.5%,Eye drops,,,L9,03/2027,12,61.50,90,');
  expect(problems).toEqual([]);
  expect(rows).toMatchObject([
    {
      ...{ medicineId: timolol.id, isNew: false, name: 'Timolol 0.5 %', unit: 'bottle' },
      lot: { lotNumber: 'L9', expiresOn: '2027-03-31', quantity: 12, costMinor: 6_150, mrpMinor: 9_000 },
    },
  ]);
  // Without the form there is one that it can mean.
  expect(plan('Timolol,0.5 %,,,,L9,03/2027,1,,,').rows).toMatchObject([{ medicineId: timolol.id }]);
});

it('adds what is new once, with or without a lot, and says nothing of what is there', () => {
  const { rows, same, problems } = plan(
    'Moxiblu,0.5 %,drop,,Schedule H1,M1,2027-08-31,5,,,120',
    'Moxiblu,0.5 %,drop,,H1,M2,08/27,6,,,120',
    'Timolol,0.5 %,drop,,,,,,,,',
  );
  expect(problems).toEqual([]);
  expect(same).toBe(1);
  expect(rows.map(({ isNew, lot }) => [isNew, lot?.lotNumber])).toEqual([
    [true, 'M1'],
    [false, 'M2'],
  ]);
  expect(rows[0]?.facts).toMatchObject({
    unit: 'bottle',
    controlClass: 'h1',
    price: 12_000,
    reorderLevel: 0,
  });
});

it.each([
  [',,drop,,,A,03/2027,1,,,', 'Enter the name of the medicine.'],
  ['New,,,,,A,03/2027,1,,,', /needs a form/],
  ['New,,juice,,,A,03/2027,1,,,', /no form “juice”/],
  ['New,,drop,,J,A,03/2027,1,,,', /no class “J”/],
  ['Timolol,0.5 %,drop,,,A,03/04/2027,1,,,', /date as printed/],
  ['Timolol,0.5 %,drop,,,A,05/2026,1,,,', /has expired/],
  ['Timolol,0.5 %,drop,,,A,05/2096,1,,,', /Check the year/],
  ['Timolol,0.5 %,drop,,,A,03/2027,1.5,,,', /whole number/],
  ['Timolol,0.5 %,drop,,,A,03/2027,0,,,', /at least 1/],
  ['Timolol,0.5 %,drop,,,A,03/2027,,,,', /quantity/],
  ['Timolol,0.5 %,drop,,,,03/2027,3,,,', /lot number/],
  ['Timolol,0.5 %,drop,,,A,03/2027,3,a lot,,', /no amount/],
  ['Timolol,0.5 %,drop,,,A,03/2027,3,1.234,,', /no amount/],
  ['Timolol,0.5 %,drop,,,old1,03/2027,3,,,', /in the ledger already/],
])('says what is wrong in its line: %s', (row, sentence) => {
  const { problems, rows } = plan('Timolol,0.5 %,drop,,,FINE,03/2027,1,,,', row);
  expect(rows).toHaveLength(1);
  expect(problems).toMatchObject([{ line: 3, sentence: expect.stringMatching(sentence) }]);
});

it('refuses a lot that is there twice, a sheet without headings and one that is too long', () => {
  const row = 'Timolol,0.5 %,drop,,,A,03/2027,1,,,';
  expect(plan(row, row).problems).toEqual([
    { line: 3, sentence: 'Lot A of Timolol 0.5 % in Main store is in line 2 already.' },
  ]);
  expect(planOpening('a,b\n1,2', [], place).problems[0]?.line).toBe(1);
  expect(planOpening('', [], place).problems).toHaveLength(1);
  expect(plan(...Array.from({ length: MOST_ROWS + 1 }, () => row)).problems[0]?.sentence).toContain('500');
});

it('takes a lot into each store that it stands in, once, with one expiry', () => {
  const head = 'Medicine,Strength,Form,Lot,Expiry,Quantity,Store';
  const planned = (...rows: string[]) => planOpening([head, ...rows].join('\n'), [timolol], place);
  const lot = (expiry: string, store: string) => `Timolol,0.5 %,drop,A,${expiry},3,${store}`;
  const { rows, problems } = planned(lot('03/2027', 'main store'), lot('03/2027', 'Theatre'));
  expect(problems).toEqual([]);
  expect(rows.map(({ storeId, storeName }) => [storeId, storeName])).toEqual([
    [main.id, 'Main store'],
    [theatre.id, 'Theatre'],
  ]);
  // Without a name it is the one that was chosen.
  expect(planned(lot('03/2027', '')).rows).toMatchObject([{ storeId: main.id }]);
  expect(planned(lot('03/2027', 'Theatre'), lot('03/2027', 'theatre')).problems).toMatchObject(
    [{ line: 3, sentence: /in Theatre is in line 2 already/ }].map(({ line, sentence }) => ({
      line,
      sentence: expect.stringMatching(sentence),
    })),
  );
  expect(planned(lot('03/2027', 'Theatre'), lot('04/2027', '')).problems[0]?.sentence).toMatch(
    /expires on .*2027 in line 2. A lot has one expiry/,
  );
  expect(planned(lot('03/2027', 'Attic')).problems[0]?.sentence).toMatch(/no open store “Attic”/);
});

it('asks for the medicines that a sheet may mean, in each form where it says none', () => {
  const one = identitiesIn('Medicine,Strength,Form\nTimolol,0.5 %,Eye drops\ntimolol,0.5%,drop');
  expect(one).toHaveLength(1);
  expect(identitiesIn('Medicine\nTimolol')).toHaveLength(7);
  expect(identitiesIn('')).toEqual([]);
});

it('reads a long sheet against a long list in a moment', () => {
  const many = Array.from({ length: 8_000 }, (_, at) => ({ ...timolol, name: `Known ${at}` }));
  const begun = performance.now();
  const { rows } = planOpening(
    sheet(...Array.from({ length: MOST_ROWS }, (_, at) => `Known ${at},0.5 %,drop,,,L${at},03/2027,1,,,`)),
    many,
    place,
  );
  expect(rows).toHaveLength(MOST_ROWS);
  // Compared one by one this takes minutes.
  expect(performance.now() - begun).toBeLessThan(5_000);
});

it('reads rows that were copied out of Excel', () => {
  const text = 'Medicine\tForm\tStrength\tLot\tExpiry\tQuantity\nTimolol\tEye drops\t0.5 %\tA\tMar 2027\t4';
  expect(planOpening(text, [timolol], place).rows).toMatchObject([{ lot: { quantity: 4 } }]);
});
