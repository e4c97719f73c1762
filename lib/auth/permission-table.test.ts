import { describe, expect, it } from 'vitest';
import { PERMISSION_TABLE } from './permission-table';
import { GRANTABLE, isWrite, roleCan } from './permissions';
import { supportCan } from './support';

describe('the table of permissions', () => {
  it('names each permission once', () => {
    const names = PERMISSION_TABLE.map(({ permission }) => permission);
    expect(new Set(names).size).toBe(names.length);
  });

  it('gives no role a permission without the one it needs', () => {
    const stranded = PERMISSION_TABLE.flatMap(({ permission, roles, needs }) =>
      roles.filter((role) => needs && !roleCan(role, needs)).map((role) => `${role} ${permission}`),
    );
    expect(stranded).toEqual([]);
  });

  it('keeps a file of all patients from everybody who only works with one at a time', () => {
    const roles = ['owner', 'admin', 'doctor', 'optometrist', 'receptionist', 'pharmacist'] as const;
    expect(roles.filter((role) => roleCan(role, 'patients:export'))).toEqual(['owner', 'admin']);
    // A hospital may give it to a role of its own.
    expect(GRANTABLE).toContain('patients:export');
  });

  it('lets a custom role hold what its permissions need', () => {
    const missing = PERMISSION_TABLE.filter(
      ({ permission, needs }) => needs && GRANTABLE.includes(permission) && !GRANTABLE.includes(needs),
    );
    expect(missing).toEqual([]);
  });

  it('lets support look at what is named a read, and change nothing but what is named a write', () => {
    for (const { permission, supportMay } of PERMISSION_TABLE) {
      expect(supportMay === 'look', permission).toBe(permission.endsWith(':read'));
      if (supportMay === 'change') expect(isWrite(permission), permission).toBe(true);
    }
  });

  it('keeps billing, staff, roles, settings and exports out of the hands of support', () => {
    const open = PERMISSION_TABLE.filter(({ permission }) => supportCan('read-write', permission));
    const changing = open
      .filter(({ supportMay }) => supportMay !== 'look')
      .map(({ permission }) => permission);
    expect(changing).toEqual([
      'patients:write',
      'appointments:write',
      'queue:write',
      'visits:write',
      'medicines:write',
    ]);
    expect(
      PERMISSION_TABLE.some(
        ({ permission, supportMay }) => supportMay === 'change' && supportCan('read-only', permission),
      ),
    ).toBe(false);
  });
});
