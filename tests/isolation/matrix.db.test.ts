/// <reference types="vite/client" />
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { definitionOf, gateOf } from '@/lib/actions/gated';
import { GRANTABLE, PERMISSIONS, type Permission, roleCan } from '@/lib/auth/permissions';
import { PLATFORM_PERMISSIONS, type PlatformPermission, platformCan } from '@/lib/auth/platform-permissions';
import { PLATFORM_ROLES, STAFF_ROLES, type StaffRole } from '@/lib/master/vocabulary';
import { PLATFORM } from '@/lib/paths';
import { addressOf, fill, METHODS } from '@/tests/assertions/endpoints';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { platformPrincipal, staffPrincipal } from '@/tests/builders/principals';
import { request } from '@/tests/emulators/request';
import { startStripe } from '@/tests/emulators/stripe';

// The request around each way in: who is signed in is set here; gates, services and databases are the real
// ones.
request.headers = () => ({ 'x-path': '/asked-for' });
vi.stubEnv('__NEXT_EXPERIMENTAL_AUTH_INTERRUPTS', 'true');

type Exports = Record<string, unknown>;
type Result = { status: string; code?: string; message?: string };
type Action = (previous: { status: 'idle' }, form: FormData) => Promise<Result>;
type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;
type Page = {
  default: (props: { params: Promise<object>; searchParams: Promise<object> }) => Promise<unknown>;
};

const actionFiles = import.meta.glob<Exports>('/features/**/actions.ts');
const routeFiles = import.meta.glob<Exports>('/app/**/route.ts');
// Brackets around the parentheses: a glob would read them as a group of its own and find nothing.
const pageFiles = import.meta.glob<Page>(['/app/[(]clinic[)]/**/page.tsx', '/app/platform/**/page.tsx']);
const pageTexts = import.meta.glob<string>(['/app/[(]clinic[)]/**/page.tsx', '/app/platform/**/page.tsx'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

const REFUSED = 'Your role does not allow this.';
const SET_UP_FIRST = 'Set up a second factor first.';
/**
 * Custom roles: half of the permissions at random, and the other half, so that each is allowed once and
 * refused once.
 */
const SEED = Number(process.env.MATRIX_SEED ?? 7);
let state = SEED;
const half = GRANTABLE.filter(() => {
  state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
  return state > 1_073_741_824;
});
const CUSTOM: Record<string, { base: StaffRole; permissions: Permission[] }> = {
  [`a custom role of seed ${SEED}`]: { base: 'receptionist', permissions: half },
  [`its opposite of seed ${SEED}`]: {
    base: 'doctor',
    permissions: GRANTABLE.filter((one) => !half.includes(one)),
  },
};

type Who = string;
const COMPANY = new Map(PLATFORM_ROLES.map((role) => [`the company’s ${role}`, role]));
/** An owner of the team who has only a password. */
const WITHOUT_FACTOR = 'the company’s owner without a second factor';
const OF_COMPANY = [...COMPANY.keys(), WITHOUT_FACTOR];
const EVERYBODY: Who[] = [...STAFF_ROLES, ...Object.keys(CUSTOM), ...OF_COMPANY, 'nobody'];

let organization: Awaited<ReturnType<typeof testOrganization>>;
const people = new Map<Who, unknown>();
const as = (who: Who) => {
  request.principal = people.get(who) ?? null;
};

beforeAll(async () => {
  // The accounts of the company are kept there.
  await startStripe();
  organization = await testOrganization({ maxUsers: null, plan: 'enterprise' });
  for (const role of STAFF_ROLES) {
    const person = role === 'owner' ? organization.owner : await organization.addStaff(role, `A ${role}`);
    people.set(role, await staffPrincipal(organization.organizationId, person, role));
  }
  for (const [name, { base, permissions }] of Object.entries(CUSTOM)) {
    const person = await organization.addStaff(base, name);
    const customRole = { id: '0'.repeat(24), name, permissions };
    people.set(name, await staffPrincipal(organization.organizationId, person, base, customRole));
  }
  for (const [who, role] of COMPANY) people.set(who, platformPrincipal(role));
  people.set(WITHOUT_FACTOR, { ...platformPrincipal(), mustSetUpSecondFactor: true });
});
afterAll(async () => {
  await organization.dispose();
  await closeConnections();
});

const isRole = (who: Who): who is StaffRole => STAFF_ROLES.some((role) => role === who);
/** What the table says of a person and a permission. */
const expected = (who: Who, permission: Permission): 'in' | 'refused' | 'signed out' | 'nothing there' => {
  // Without the owner's grant a hospital's pages do not exist for the company's people.
  if (OF_COMPANY.includes(who)) return 'nothing there';
  const custom = CUSTOM[who];
  if (custom) return custom.permissions.includes(permission) ? 'in' : 'refused';
  if (!isRole(who)) return 'signed out';
  return roleCan(who, permission) ? 'in' : 'refused';
};

/** What the company's table says. To everybody else its doors do not exist. */
const companyExpects = (
  who: Who,
  permission: PlatformPermission,
  beforeSecondFactor = false,
): 'in' | 'refused' | 'set up first' | 'nothing there' => {
  if (who === WITHOUT_FACTOR) return beforeSecondFactor ? 'in' : 'set up first';
  const role = COMPANY.get(who);
  if (!role) return 'nothing there';
  return platformCan(role, permission) ? 'in' : 'refused';
};

/** Where a navigation error of Next leads: `redirect /login`, `403`, `404`. */
function navigation(error: unknown): string {
  const digest = String(error instanceof Error && 'digest' in error ? error.digest : '');
  if (digest.startsWith('NEXT_REDIRECT')) return `redirect ${digest.split(';')[2]?.split('?')[0]}`;
  if (digest.startsWith('NEXT_HTTP_ERROR_FALLBACK;')) return digest.split(';')[1] ?? '';
  throw error;
}

async function callAction(action: Action): Promise<Result> {
  try {
    return await action({ status: 'idle' }, new FormData());
  } catch (error) {
    return { status: 'left', code: navigation(error) };
  }
}

describe('every action', () => {
  it.each(Object.keys(actionFiles))('of %s answers each role as the table says', async (file) => {
    for (const [name, action] of Object.entries((await actionFiles[file]?.()) ?? {})) {
      const kind = gateOf(action);
      if (kind === 'public') continue;
      const definition = definitionOf(action) as
        | { permission?: Permission; beforeSecondFactor?: boolean }
        | undefined;
      const permission = definition?.permission;
      if (kind === 'platform')
        expect(PLATFORM_PERMISSIONS, `${name} names no permission of the company`).toContain(permission);
      if (kind === 'staff')
        expect(PERMISSIONS, `${name} names no permission of the table`).toContain(permission);
      // Those who may not come first: what they do must not count.
      for (const who of [...EVERYBODY].reverse()) {
        as(who);
        const result = await callAction(action as Action);
        const said = `${name} as ${who}: ${JSON.stringify(result)}`;
        if (kind === 'platform') {
          const isSetUp = definition?.beforeSecondFactor;
          const verdict = companyExpects(who, permission as unknown as PlatformPermission, isSetUp);
          if (verdict === 'nothing there') expect(result.code, said).toBe('NOT_FOUND');
          else if (verdict === 'set up first') expect(result.message, said).toBe(SET_UP_FIRST);
          else if (verdict === 'refused') {
            expect(result.code, said).toBe('FORBIDDEN');
            expect(result.message, said).toContain(REFUSED);
          } else {
            expect(result.message ?? '', said).not.toBe('There is nothing here.');
            expect(result.message ?? '', said).not.toContain(REFUSED);
            expect(result.message ?? '', said).not.toBe(SET_UP_FIRST);
          }
          continue;
        }
        const verdict = expected(who, permission as Permission);
        if (verdict === 'signed out') expect(result.code, said).toBe('UNAUTHENTICATED');
        else if (verdict === 'nothing there') expect(result.code, said).toBe('NOT_FOUND');
        else if (verdict === 'refused') {
          expect(result.code, said).toBe('FORBIDDEN');
          expect(result.message, said).toContain(REFUSED);
        } else expect(result.message ?? '', said).not.toContain(REFUSED);
      }
    }
  });
});

describe('every handler', () => {
  it.each(Object.keys(routeFiles))('%s answers each role as the table says', async (file) => {
    const exported = (await routeFiles[file]?.()) ?? {};
    for (const method of METHODS.filter((one) => one in exported)) {
      const handler = exported[method];
      const kind = gateOf(handler);
      if (kind === 'public') continue;
      const permission = (definitionOf(handler) as { permission?: Permission } | undefined)?.permission;
      if (kind === 'staff')
        expect(PERMISSIONS, `${file} names no permission of the table`).toContain(permission);
      for (const who of EVERYBODY) {
        as(who);
        const stop = new AbortController();
        const asked = new Request(`http://127.0.0.1:3000${fill(addressOf(file))}`, {
          method,
          signal: stop.signal,
        });
        const params = Object.fromEntries(
          [...file.matchAll(/\[(?:\.\.\.)?(\w+)\]/g)].map(([, name]) => [name ?? '', '0'.repeat(24)]),
        );
        const answer = await (handler as Handler)(asked, { params: Promise.resolve(params) });
        await answer.body?.cancel();
        stop.abort();
        const said = `${method} ${file} as ${who}`;
        if (kind === 'platform') {
          const verdict = companyExpects(who, permission as unknown as PlatformPermission);
          if (verdict === 'nothing there') expect(answer.status, said).toBe(404);
          else if (verdict !== 'in') expect(answer.status, said).toBe(403);
          else expect([200, 400, 404], said).toContain(answer.status);
          continue;
        }
        const verdict = expected(who, permission as Permission);
        if (verdict === 'signed out') expect(answer.status, said).toBe(401);
        else if (verdict === 'nothing there') expect(answer.status, said).toBe(404);
        else if (verdict === 'refused') expect(answer.status, said).toBe(403);
        else expect([401, 403, 500], said).not.toContain(answer.status);
      }
    }
  });
});

describe('every page', () => {
  it('is found, of the clinic and of the company', () => {
    const ofCompany = Object.keys(pageFiles).filter((file) => file.startsWith('/app/platform/'));
    expect(ofCompany.length).toBeGreaterThan(15);
    expect(Object.keys(pageFiles).length).toBeGreaterThan(ofCompany.length + 30);
    expect(Object.keys(pageTexts)).toEqual(Object.keys(pageFiles));
  });

  it.each(Object.keys(pageFiles))('%s answers each role as the table says', async (file) => {
    const page = await pageFiles[file]?.();
    const permission = /await (?:staff|platform)Page\('([a-z-]+:[a-z-]+)'/.exec(pageTexts[file] ?? '')?.[1];
    if (!file.startsWith('/app/platform/'))
      expect(PERMISSIONS, `${file} names no permission`).toContain(permission);
    else expect(PLATFORM_PERMISSIONS, `${file} names no permission`).toContain(permission);
    const isSetUp = (pageTexts[file] ?? '').includes('beforeSecondFactor: true');
    const params = Object.fromEntries(
      [...file.matchAll(/\[(\w+)\]/g)].map(([, name]) => [name ?? '', '0'.repeat(24)]),
    );
    for (const who of EVERYBODY) {
      as(who);
      let outcome = 'shown';
      try {
        await page?.default({ params: Promise.resolve(params), searchParams: Promise.resolve({}) });
      } catch (error) {
        outcome = navigation(error);
      }
      const said = `${file} as ${who}`;
      if (file.startsWith('/app/platform/')) {
        const verdict = companyExpects(who, permission as unknown as PlatformPermission, isSetUp);
        if (verdict === 'nothing there') expect(outcome, said).toBe('404');
        else if (verdict === 'set up first')
          expect(outcome, said).toBe(`redirect ${PLATFORM.secondFactorSetup}`);
        else if (verdict === 'refused') expect(outcome, said).toBe('403');
        else expect(['shown', '404'], said).toContain(outcome);
        continue;
      }
      const verdict = expected(who, permission as Permission);
      if (verdict === 'signed out') expect(outcome, said).toBe('redirect /login');
      else if (verdict === 'nothing there') expect(outcome, said).toBe('404');
      else if (verdict === 'refused') expect(outcome, said).toBe('403');
      else expect(['403', 'redirect /login'], said).not.toContain(outcome);
    }
  });
});

describe('the table itself', () => {
  it('is asked about each permission with a custom role that has it and one that has not', () => {
    expect(half.length).toBeGreaterThan(3);
    expect(GRANTABLE.length - half.length).toBeGreaterThan(3);
  });

  it('gives the owner everything and a stranger to the table nothing', () => {
    expect(PERMISSIONS.filter((one) => !roleCan('owner', one))).toEqual([]);
    for (const name of ['constructor', '__proto__', 'toString', 'patients:delete', '']) {
      for (const role of STAFF_ROLES)
        expect(roleCan(role, name as Permission), `${role} ${name}`).toBe(false);
    }
    expect(roleCan('constructor' as StaffRole, 'today:read')).toBe(false);
  });

  it('keeps paying to the owner, settings to those who lead, and charts to those who examine', () => {
    const who = (permission: Permission) => STAFF_ROLES.filter((role) => roleCan(role, permission));
    expect(who('billing:write')).toEqual(['owner']);
    expect(who('staff:write')).toEqual(['owner', 'admin']);
    expect(who('settings:write')).toEqual(['owner', 'admin']);
    expect(who('audit:read')).toEqual(['owner', 'admin']);
    expect(who('visits:read')).toEqual(['owner', 'admin', 'doctor', 'optometrist']);
  });
});
