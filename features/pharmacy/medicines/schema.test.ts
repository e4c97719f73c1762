import { describe, expect, it } from 'vitest';
import { addMedicineInput, medicineListQuery, receiveStockInput } from './schema';

const medicine = {
  name: 'Timolol',
  form: 'drop',
  strength: '0.5 %',
  unit: 'bottle',
  reorderLevel: '5',
  price: '',
};
const ID = 'a'.repeat(24);
const delivery = { medicineId: ID, lotNumber: 'A1', expiresOn: '03/2027', quantity: '12' };
const problems = (schema: typeof addMedicineInput | typeof receiveStockInput, input: object) => {
  const result = schema.safeParse(input);
  return result.success
    ? []
    : result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
};

describe('addMedicineInput', () => {
  it('turns text into numbers, and empty text into nothing', () => {
    expect(addMedicineInput.parse({ ...medicine, strength: ' ', price: '12,50' })).toEqual({
      name: 'Timolol',
      form: 'drop',
      unit: 'bottle',
      strength: undefined,
      genericName: undefined,
      reorderLevel: 5,
      price: 1250,
    });
    expect(addMedicineInput.parse(medicine).price).toBeUndefined();
    expect(addMedicineInput.parse({ ...medicine, price: '0' }).price).toBe(0);
  });
  it('says what is missing, once for each field', () => {
    expect(problems(addMedicineInput, { ...medicine, name: ' ', unit: '', reorderLevel: '' })).toEqual([
      'name: Enter the name.',
      'unit: Enter the unit, such as bottle or strip.',
      'reorderLevel: Enter the reorder level.',
    ]);
  });
  it('refuses what is too long, not a number, negative, unreadable or an operator', () => {
    expect(problems(addMedicineInput, { ...medicine, name: 'x'.repeat(121) })).toHaveLength(1);
    expect(problems(addMedicineInput, { ...medicine, reorderLevel: '1.5' })).toHaveLength(1);
    expect(problems(addMedicineInput, { ...medicine, reorderLevel: '-1' })).toHaveLength(1);
    expect(problems(addMedicineInput, { ...medicine, price: '1.234' })).toHaveLength(1);
    expect(problems(addMedicineInput, { ...medicine, name: 'a\u0000b' })).toHaveLength(1);
    expect(problems(addMedicineInput, { ...medicine, name: { $ne: null } })).toHaveLength(1);
    expect(problems(addMedicineInput, { ...medicine, form: 'syrup' })).toHaveLength(1);
  });
});

describe('receiveStockInput', () => {
  it('takes the lot out of a whole scan, with or without what a scanner sends between', () => {
    for (const scan of [
      '0109501101530003171407041010AB-123',
      ']d20109501101530003171407041010AB-123',
      '01095011015300031010AB-123\u001d17140704',
      '(01)09501101530003(17)140704(10)10AB-123',
    ])
      expect(receiveStockInput.parse({ ...delivery, lotNumber: scan }).lotNumber).toBe('10AB-123');
    expect(receiveStockInput.parse({ ...delivery, lotNumber: '10AB-123' }).lotNumber).toBe('10AB-123');
  });
  it('reads the expiry as it is printed', () => {
    expect(receiveStockInput.parse(delivery)).toMatchObject({ expiresOn: '2027-03-31', quantity: 12 });
  });
  it('refuses nothing, less than nothing and a day that is none', () => {
    expect(problems(receiveStockInput, { ...delivery, quantity: '0' })).toEqual([
      'quantity: Enter the quantity, at least 1.',
    ]);
    expect(problems(receiveStockInput, { ...delivery, expiresOn: '31/02/2027' })).toHaveLength(1);
    expect(problems(receiveStockInput, { ...delivery, expiresOn: '' })).toEqual([
      'expiresOn: Enter the expiry date.',
    ]);
    expect(problems(receiveStockInput, { ...delivery, medicineId: 'nonsense' })).toHaveLength(1);
    expect(problems(receiveStockInput, { ...delivery, quantity: { $gt: 0 } })).toHaveLength(1);
  });
});

describe('medicineListQuery', () => {
  it('falls back to what the view has', () => {
    expect(medicineListQuery.parse({})).toMatchObject({ q: '', show: 'all', sort: 'name' });
    expect(medicineListQuery.parse({ show: 'low', sort: '-onHand' }).sort).toBe('-onHand');
    expect(medicineListQuery.parse({ show: 'low', sort: 'name' }).sort).toBe('onHand');
    expect(medicineListQuery.parse({ show: 'nonsense', sort: '$where', q: ['a', 'b'] })).toMatchObject({
      q: '',
      show: 'all',
      sort: 'name',
    });
  });
});
