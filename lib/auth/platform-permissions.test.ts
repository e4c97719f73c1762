import { describe, expect, it } from 'vitest';
import { PLATFORM_ROLES } from '../master/vocabulary';
import { PERMISSION_TABLE } from './permission-table';
import { PLATFORM_TABLE, type PlatformPermission, platformCan, rolesWith } from './platform-permissions';

const of = (role: (typeof PLATFORM_ROLES)[number]) =>
  PLATFORM_TABLE.filter(({ permission }) => platformCan(role, permission)).map(
    ({ permission }) => permission,
  );

describe('the table of the company', () => {
  it('names each permission once, with words of its own', () => {
    expect(new Set(PLATFORM_TABLE.map(({ permission }) => permission)).size).toBe(PLATFORM_TABLE.length);
    expect(new Set(PLATFORM_TABLE.map(({ label }) => label)).size).toBe(PLATFORM_TABLE.length);
  });

  it('gives an owner everything, and the team to nobody else', () => {
    expect(of('owner')).toEqual(PLATFORM_TABLE.map(({ permission }) => permission));
    expect(rolesWith('team:write')).toEqual(['owner']);
  });

  it('lets read-only change nothing but their own account', () => {
    expect(of('read-only').filter((one) => !one.endsWith(':read'))).toEqual(['account:own']);
  });

  it('keeps money with finance, databases with engineers, and hospitals’ records from both read-only and finance', () => {
    expect(rolesWith('quotes:write')).toEqual(['owner', 'finance']);
    expect(rolesWith('refunds:write')).toEqual(['owner', 'finance']);
    expect(rolesWith('databases:write')).toEqual(['owner', 'engineer']);
    expect(rolesWith('support-access:use')).toEqual(['owner', 'support', 'engineer']);
    expect(rolesWith('organizations:export')).toEqual(['owner', 'finance']);
  });

  it('lets nobody write where they may not look', () => {
    const stranded = PLATFORM_TABLE.flatMap(({ permission, roles }) => {
      const read = permission.replace(/:.*/, ':read') as PlatformPermission;
      const isThere = PLATFORM_TABLE.some((row) => row.permission === read);
      return roles
        .filter((role) => isThere && !platformCan(role, read))
        .map((role) => `${role} ${permission}`);
    });
    expect(stranded).toEqual([]);
  });

  it('opens nothing to names and roles that it does not know', () => {
    for (const name of ['constructor', '__proto__', 'patients:read', ''])
      for (const role of PLATFORM_ROLES) expect(platformCan(role, name as PlatformPermission)).toBe(false);
    expect(platformCan('super-admin' as never, 'overview:read')).toBe(false);
    expect(platformCan('constructor' as never, 'overview:read')).toBe(false);
    expect(PERMISSION_TABLE.length).toBeGreaterThan(PLATFORM_TABLE.length);
  });
});
