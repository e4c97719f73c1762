import { expect, it } from 'vitest';
import { readLine } from './policy';
import { namedIn, planGoods } from './spreadsheet';

const medicine = (id: string, name: string, form: 'drop' | 'ointment', sortName: string) => ({
  ...{ id: id.repeat(24), name, strength: '0.5 %', form, sortName },
});
const timolol = medicine('a', 'Timolol', 'drop', 'timolol 0.5%');
const moxi = [medicine('b', 'Moxi', 'drop', 'moxi 0.5%'), medicine('c', 'Moxi', 'ointment', 'moxi 0.5%')];
const known = {
  medicines: [timolol, ...moxi],
  packs: [{ gtin: '08901234567890', medicineId: timolol.id, unitsPerPack: 10 }],
};

it('reads what a supplier writes, under its own headings, as lines that can be taken in', () => {
  const sheet = [
    'Product Name;Batch No.;Exp. Date;Qty;Free Qty;MRP;PTR;Disc. %;GST %',
    'TIMOLOL 0.5%;T1;03/27;10;1;120.50;80;2.5%;12',
    'Timolol 0.5 %;T2;2027-03;4;;;75;;5%',
  ].join('\n');
  const { lines, notes, problem } = planGoods(sheet, known);
  expect([notes, problem]).toEqual([[], null]);
  expect(lines.map((line) => readLine(line).line)).toMatchObject([
    {
      ...{ medicineId: timolol.id, lotNumber: 'T1', expiresOn: '2027-03-31', packs: 10, freePacks: 1 },
      ...{ unitsPerPack: 1, rate: '80', mrp: '120.50', discountBp: 250, taxBp: 1_200 },
    },
    { lotNumber: 'T2', expiresOn: '2027-03-31', packs: 4, freePacks: 0, mrp: undefined, taxBp: 500 },
  ]);
});

it('reads the discount of a scheme beside the trade discount, in percent where the heading says so', () => {
  const sheet = (heading: string, value: string) =>
    planGoods(
      `Product,Batch,Exp,Qty,Rate,Disc %,${heading},GST\nTimolol 0.5 %,T1,03/27,1,80,5,${value},5`,
      known,
    );
  const schemeOf = (heading: string, value: string) => {
    const [line] = sheet(heading, value).lines;
    const read = line ? readLine(line).line : undefined;
    return [read?.discountBp, read?.schemeBp, read?.scheme];
  };
  expect(schemeOf('Scheme %', '2')).toEqual([500, 200, undefined]);
  expect(schemeOf('Sch. Disc.', '2.5 %')).toEqual([500, 250, undefined]);
  expect(schemeOf('Scheme amount', '50')).toEqual([500, undefined, '50']);
  expect(schemeOf('Scheme Percent', '')).toEqual([500, undefined, undefined]);
});

it('finds a pack by its number, with what is in it', () => {
  const { lines } = planGoods('Barcode,Lot,Packs,Tax\n8901234567890,T1,2,5', known);
  expect(lines).toMatchObject([
    { medicineId: timolol.id, medicineName: 'Timolol 0.5 %', unitsPerPack: '10', gtin: '08901234567890' },
  ]);
});

it('leaves to choose what is not found, or found twice, and says which line it is', () => {
  const { lines, notes } = planGoods(
    [
      'Medicine,Strength,Form,Packs,Tax',
      'Moxi,0.5 %,,1,5',
      'Moxi,0.5 %,Eye ointment,1,7',
      'Zincovit,,,1,',
    ].join('\n'),
    known,
  );
  expect(lines.map(({ medicineId, medicineName }) => [medicineId, medicineName])).toEqual([
    ['', 'Moxi 0.5 %'],
    [moxi[1]?.id, 'Moxi 0.5 %'],
    ['', 'Zincovit'],
  ]);
  expect(notes.map(({ line, sentence }) => `${line} ${sentence}`)).toEqual([
    '2 Moxi 0.5 % is in the list in several forms: choose one.',
    '3 Moxi 0.5 %: “7 %” is no rate of tax. Choose it.',
    '4 Zincovit is not in the list: choose it.',
    '4 Where the tax is not said, 5 % is taken. Check it against the paper.',
  ]);
});

it('asks for what is named and no more, and refuses what has no headings or too many rows', () => {
  expect(namedIn('Medicine,Barcode,Packs\nTimolol 0.5 %,8901234567890,1\ntimolol  0.5%,,2')).toEqual({
    ...{ sortNames: ['timolol 0.5%'], gtins: ['08901234567890'], keys: ['timolol 0.5%'] },
  });
  expect(planGoods('a,b\n1,2', known).problem).toMatch(/needs headings/);
  expect(planGoods('', known).problem).toMatch(/nothing below/);
  const rows = Array.from({ length: 101 }, () => 'Timolol 0.5 %,1');
  expect(planGoods(['Medicine,Packs', ...rows].join('\n'), known).problem).toMatch(/at most 100/);
});

it('finds what the supplier calls it, by its code before its name, and says nothing twice', () => {
  const products = [
    { key: '#ss12', medicineId: timolol.id, unitsPerPack: 5 },
    { key: 'timolet e d 5ml', medicineId: moxi[0]?.id ?? '', unitsPerPack: 10 },
    // Of a medicine that is no longer in the list.
    { key: 'gone', medicineId: 'd'.repeat(24), unitsPerPack: 1 },
  ];
  const sheet = [
    'Item code,Product,Qty,Tax',
    'SS 12,TIMOLET E/D 5ml,1,5',
    ',Timolet e/d (5ML),1,5',
    ',Gone,1,5',
  ].join('\n');
  expect(namedIn(sheet).keys).toEqual(['#ss12', 'timolet e d 5ml', 'gone']);
  const { lines, notes } = planGoods(sheet, { ...known, products });
  expect(lines.map((line) => [line.medicineId, line.unitsPerPack, line.theirName, line.theirCode])).toEqual([
    [timolol.id, '5', 'TIMOLET E/D 5ml', 'SS 12'],
    [moxi[0]?.id, '10', 'Timolet e/d (5ML)', undefined],
    ['', '', 'Gone', undefined],
  ]);
  expect(notes).toMatchObject([{ line: 4, sentence: 'Gone is not in the list: choose it.' }]);
});
