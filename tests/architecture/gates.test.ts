/// <reference types="vite/client" />
import { describe, expect, it } from 'vitest';
import { definitionOf, gateOf } from '@/lib/actions/gated';
import { platformRoute } from '@/lib/actions/platform';
import { staffRoute } from '@/lib/actions/staff';
import { PERMISSION_TABLE } from '@/lib/auth/permission-table';

type Exports = Record<string, unknown>;
const actionFiles = import.meta.glob<Exports>('/features/**/actions.ts');
const routeFiles = import.meta.glob<Exports>('/app/**/route.ts');
const pages = import.meta.glob<string>('/app/**/page.tsx', { query: '?raw', import: 'default', eager: true });
const routeTexts = import.meta.glob<string>('/app/**/route.ts', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const models = import.meta.glob<string>(['/features/**/*.ts', '/lib/**/*.ts', '/server/**/*.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

describe('every way in passes a gate', () => {
  it.each(Object.keys(actionFiles))('%s exports gated actions only', async (file) => {
    // Every export of a 'use server' file is a public endpoint, called or not.
    const exported = (await actionFiles[file]?.()) ?? {};
    expect(Object.keys(exported).length).toBeGreaterThan(0);
    expect(Object.keys(exported).filter((name) => !gateOf(exported[name]))).toEqual([]);
  });

  it('finds an export without a gate', () => {
    expect(gateOf(async () => 'open')).toBeUndefined();
    expect(gateOf({})).toBeUndefined();
  });

  it('knows every file that exposes actions', () => {
    const exposing = Object.entries(models)
      .filter(([file, text]) => /^['"]use server['"]/m.test(text) && !file.endsWith('.test.ts'))
      .map(([file]) => file);
    expect(exposing.filter((file) => !file.endsWith('/actions.ts'))).toEqual([]);
    expect(exposing.length).toBeGreaterThan(0);
  });

  it.each(Object.keys(routeFiles))('%s exports gated handlers only', async (file) => {
    const exported = (await routeFiles[file]?.()) ?? {};
    const handlers = Object.keys(exported).filter((name) => METHODS.includes(name));
    expect(handlers.length).toBeGreaterThan(0);
    expect(handlers.filter((name) => !gateOf(exported[name]))).toEqual([]);
  });

  const under = (folder: string) => Object.entries(pages).filter(([file]) => file.startsWith(folder));

  it.each(under('/app/(clinic)/'))('%s starts with staffPage', (_file, text) => {
    expect(text).toMatch(/await staffPage\('/);
  });

  it.each(under('/app/platform/'))('%s starts with platformPage', (_file, text) => {
    expect(text).toMatch(/await platformPage\('/);
  });

  it('has the clinic and the platform to look at', () => {
    expect(under('/app/(clinic)/').length).toBeGreaterThan(5);
    expect(under('/app/platform/').length).toBeGreaterThan(3);
  });
});

describe('what is examined', () => {
  const rolesOf = (permission: string): readonly string[] =>
    PERMISSION_TABLE.find((row) => row.permission === permission)?.roles ?? [];
  const readers = rolesOf('visits:read');

  it('is answered by no action to somebody who may not read it', async () => {
    const acts = Object.entries(actionFiles).filter(([file]) =>
      /^\/features\/(record\/|patients\/histories\/)/.test(file),
    );
    expect(acts.length).toBeGreaterThan(4);
    const loose: string[] = [];
    for (const [file, load] of acts)
      for (const [name, action] of Object.entries(await load())) {
        if (gateOf(action) !== 'staff') continue;
        const { permission = '' } = (definitionOf(action) ?? {}) as { permission?: string };
        const roles = rolesOf(permission);
        if (roles.length === 0 || roles.some((role) => !readers.includes(role)))
          loose.push(`${file} ${name}: ${permission}`);
      }
    // They answer with a link and what became of it; what it shows is asked for by its own permission. The
    // optical shop answers for glasses, which it may read.
    expect(loose).toEqual([
      ...['sendPaperAction', 'revokePaperLinkAction'].map(
        (name) => `/features/record/paper-links/actions.ts ${name}: paper-links:write`,
      ),
      ...['noteMadeGlassesAction', 'answerGlassesAction'].map(
        (name) => `/features/record/spectacles/actions.ts ${name}: made-glasses:write`,
      ),
    ]);
    // A receptionist registers patients, and reads no examination.
    expect(rolesOf('patients:write').some((role) => !readers.includes(role))).toBe(true);
  });
});

/** The entry in the log that a way out names; nothing where a handler was not made for letting data out. */
const wayOutOf = (handler: unknown): unknown => {
  const definition = definitionOf(handler);
  return definition && 'wayOut' in definition ? definition.wayOut : undefined;
};
const isWayOut = (file: string) => /\/(export|pdf|print)\/(route\.ts|page\.tsx)$/.test(file);

describe('every way out leaves an entry in the log', () => {
  const outgoing = Object.keys(routeFiles).filter(isWayOut);

  it.each(outgoing)('%s is made by staffExport, staffDocument or platformExport', async (file) => {
    const exported = (await routeFiles[file]?.()) ?? {};
    const handlers = Object.entries(exported).filter(([name]) => METHODS.includes(name));
    expect(handlers.map(([name]) => name)).toEqual(['GET']);
    for (const [, handler] of handlers) expect(wayOutOf(handler)).toMatch(/^[a-z-]+\.[a-z-]+$/);
  });

  it('is looked for where there are some', () => {
    expect(outgoing.length).toBeGreaterThan(5);
  });

  it('finds a handler that lets data out without one', () => {
    const bare = staffRoute('patients:read', async () => new Response('a,b'));
    expect(gateOf(bare)).toBe('staff');
    expect(wayOutOf(bare)).toBeUndefined();
    expect(
      wayOutOf(platformRoute('overview:read', 'route.open', async () => new Response('a,b'))),
    ).toBeUndefined();
  });

  it.each(Object.entries(pages).filter(([file]) => isWayOut(file)))('%s writes it', (_file, text) => {
    expect(text).toContain('recordAudit(ctx, {');
  });

  it('has one gate for all handlers of the company', () => {
    const company = Object.entries(routeFiles).filter(([file]) => file.startsWith('/app/api/platform/'));
    expect(company.length).toBeGreaterThan(3);
    const others = company.filter(
      ([file]) => !/\b(platformRoute|platformExport)\b/.test(routeTexts[file] ?? ''),
    );
    expect(others).toEqual([]);
  });
});

describe('a PDF', () => {
  const sources = import.meta.glob<string>(['/app/**/*.ts', '/features/**/*.ts', '/server/**/*.ts'], {
    query: '?raw',
    import: 'default',
    eager: true,
  });
  // What draws one is called here with the name of who asks, or it is another maker.
  const MAKES = /\b(renderPaper|printSlip|openSheet|basicReportPdf|analyticsPdf)\(/;
  const makers = Object.entries(sources).filter(
    ([file, text]) =>
      !file.endsWith('.test.ts') && MAKES.test(text.replace(/export async function \w+\(/g, '')),
  );

  it('is made in the turn of its organization, so that many at once hold nobody up', () => {
    expect(makers.length).toBeGreaterThan(4);
    const loose = makers.filter(([, text]) => !text.includes('inPdfTurn(')).map(([file]) => file);
    expect(loose).toEqual([
      // Made by a job, one after the other.
      '/features/insight/report-mails/send.ts',
      // Opens the sheet for the two reports, whose route takes the turn.
      '/features/insight/reports/pdf/letterhead.ts',
    ]);
  });
});

describe('the session token', () => {
  const sources = import.meta.glob<string>(
    [
      '/app/**/*.{ts,tsx}',
      '/components/**/*.{ts,tsx}',
      '/features/**/*.{ts,tsx}',
      '/server/**/*.ts',
      '/lib/**/*.ts',
      '/middleware.ts',
      '/instrumentation.ts',
    ],
    { query: '?raw', import: 'default', eager: true },
  );
  const READS = /\b(getToken|getServerSession|unstable_getServerSession|decode|useSession|getSession)\b/;
  const isReader = (text: string) =>
    /from ['"]next-auth(\/\w+)*['"]|import\(['"]next-auth/.test(text) && READS.test(text);
  // A token alone says nothing: who reads one must ask the master database too, as the principal does.
  const READERS = ['/lib/auth/principal.ts', '/middleware.ts'];
  const filesWhere = (fits: (text: string) => boolean) =>
    Object.entries(sources)
      .filter(([file, text]) => !file.endsWith('.test.ts') && fits(text))
      .map(([file]) => file)
      .sort();

  it('is read where the session behind it is asked for, and by the middleware as a hint, nowhere else', () => {
    expect(filesWhere(isReader)).toEqual(['/lib/session-token.ts']);
    expect(filesWhere((text) => /\bimport\b.*\breadSessionToken\b/.test(text))).toEqual(READERS);
  });

  it('finds another reader', () => {
    expect(isReader("import { decode } from 'next-auth/jwt';\nawait decode({ token, secret });")).toBe(true);
    expect(isReader("import { useSession } from 'next-auth/react';\nuseSession();")).toBe(true);
    expect(isReader("import { encode } from 'next-auth/jwt';")).toBe(false);
  });
});

describe('every model belongs to one of the two kinds of database', () => {
  it('is made by defineTenantModel or defineMasterModel', () => {
    const loose = Object.entries(models)
      .filter(([file]) => !file.endsWith('.test.ts') && file !== '/lib/mongo.ts')
      .filter(([, text]) => /\.model\(\s*['"]/.test(text) || /mongoose\.models/.test(text))
      .map(([file]) => file);
    expect(loose).toEqual([]);
  });

  it('is listed where provisioning or the start creates its collection', () => {
    const list = models['/server/tenant-models.ts'] ?? '';
    const missing = Object.entries(models)
      .filter(([file, text]) => !file.endsWith('.test.ts') && /= defineTenantModel\(/.test(text))
      .map(([file]) => `@${file.replace(/\.ts$/, '')}`)
      .filter((path) => !list.includes(`'${path}'`));
    expect(missing).toEqual([]);

    const ofLib = models['/lib/master/all-models.ts'] ?? '';
    const ofFeatures = models['/server/master-models.ts'] ?? '';
    const missingMaster = Object.entries(models)
      .filter(([file, text]) => !file.endsWith('.test.ts') && /= defineMasterModel\(/.test(text))
      .map(([file]) => file.replace(/\.ts$/, ''))
      .filter((path) =>
        path.startsWith('/lib/')
          ? !ofLib.includes(`'${path.replace('/lib/master', '.')}'`)
          : !ofFeatures.includes(`'@${path}'`),
      );
    expect(missingMaster).toEqual([]);
  });

  it('says server-only first where data is near', () => {
    const exposed = Object.entries(models)
      .filter(
        ([file]) =>
          /\/(model|dto|queries|service|directory)\.ts$/.test(file) && file.startsWith('/features/'),
      )
      .filter(([, text]) => !text.startsWith("import 'server-only';"))
      .map(([file]) => file);
    expect(exposed).toEqual([]);
  });
});
