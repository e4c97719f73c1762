import { Schema } from 'mongoose';
import { describe, expect, it } from 'vitest';
import { AUDITED_FIELDS, DEATH_FIELDS } from '@/features/patients/patients/schema';
import '@/server/tenant-models';
import { defineTenantModel, tenantDefinitions } from '../tenancy/define-tenant-model';
import { changesBetween, isLeftOut } from './changes';

describe('what an entry says of a change', () => {
  it('is never the value of a field that a model seals, from the day that it does', () => {
    const field = 'mothersMaidenName';
    expect(isLeftOut(field)).toBe(false);
    defineTenantModel('ChangesTest', 'changes_test', new Schema({ mothersMaidenName: String }), {
      sensitive: [field],
    });
    expect(isLeftOut(field)).toBe(true);
    expect(changesBetween({ [field]: 'Rao' }, { [field]: 'Nair' }, [field])).toEqual([
      { field, isRedacted: true },
    ]);
  });

  it('is the value of a field in the clear, and nothing where nothing changed', () => {
    expect(changesBetween({ room: '1', phone: '1' }, { room: '2', phone: '2' }, ['room', 'phone'])).toEqual([
      { field: 'room', before: '1', after: '2' },
      { field: 'phone', isRedacted: true },
    ]);
    expect(changesBetween({ room: '1' }, { room: '1' }, ['room'])).toEqual([]);
  });

  it('covers each field of a patient that a form has, sealed ones included', () => {
    const sealed = tenantDefinitions().find(({ collection }) => collection === 'patients')?.sensitive ?? [];
    expect(sealed.length).toBeGreaterThan(5);
    const audited: readonly string[] = [...AUDITED_FIELDS, ...DEATH_FIELDS];
    expect(sealed.filter((field) => !audited.includes(field))).toEqual([]);
  });
});
