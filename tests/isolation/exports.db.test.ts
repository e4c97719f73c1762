/// <reference types="vite/client" />
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { definitionOf, gateOf } from '@/lib/actions/gated';
import { auditEventModel } from '@/lib/audit/ledger';
import { platformAuditModel } from '@/lib/master/models/audit-event';
import { countPoint } from '@/lib/rate-limit/limiter';
import { LIMITS } from '@/lib/rate-limit/registry';
import { addressOf, fill } from '@/tests/assertions/endpoints';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { platformPrincipal, staffPrincipal } from '@/tests/builders/principals';
import { request } from '@/tests/emulators/request';
import { startStripe } from '@/tests/emulators/stripe';

// Who is signed in is set here; gates, services and databases are the real ones.
// The limits as they are in production: other tests widen them.
process.env.RATE_LIMIT_SCALE = '1';
request.headers = () => ({ 'x-path': '/asked-for' });

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;
type WayOut = { file: string; handle: Handler; audit: string; kind: string };

const files = import.meta.glob<Record<string, unknown>>('/app/**/{export,pdf,print}/route.ts');
const waysOut: WayOut[] = [];
/** These need a record that exists; asked for one that does not, nothing leaves. */
const NEEDS_A_RECORD = [
  '/app/api/exports/[operationId]/export/route.ts',
  '/app/(clinic)/settings/agreements/[agreement]/print/route.ts',
  '/app/api/cashier/bills/[billId]/print/route.ts',
  '/app/api/cashier/receipts/[receiptId]/print/route.ts',
  '/app/api/cashier/claims/[claimId]/print/route.ts',
  '/app/api/cashier/payers/[payerId]/print/route.ts',
  '/app/api/cashier/statements/[patientId]/print/route.ts',
  '/app/api/cashier/estimates/[estimateId]/print/route.ts',
  '/app/api/cashier/expenses/[expenseId]/print/route.ts',
  '/app/api/dispenses/[dispenseId]/print/route.ts',
  '/app/api/sales/[dispenseId]/print/route.ts',
  '/app/api/registers/print/route.ts',
  '/app/api/lot-recalls/[recallId]/print/route.ts',
  '/app/api/lots/[batchId]/print/route.ts',
  '/app/api/purchase-orders/[orderId]/print/route.ts',
  '/app/api/supplier-statements/export/route.ts',
  '/app/api/suppliers/[supplierId]/statement/print/route.ts',
  '/app/(clinic)/patients/[patientId]/labels/print/route.ts',
  '/app/(clinic)/prescriptions/[prescriptionId]/print/route.ts',
  '/app/(clinic)/glasses/[spectaclesId]/print/route.ts',
  '/app/(clinic)/letters/[letterId]/print/route.ts',
  '/app/(clinic)/contact-lenses/[contactLensesId]/print/route.ts',
  '/app/(clinic)/visits/[visitId]/summary/print/route.ts',
  '/app/(clinic)/visits/[visitId]/request/print/route.ts',
  '/app/(clinic)/visits/[visitId]/papers/print/route.ts',
  '/app/(clinic)/visits/[visitId]/token/print/route.ts',
];

let organization: Awaited<ReturnType<typeof testOrganization>>;
let owner: unknown;
let company: ReturnType<typeof platformPrincipal>;

beforeAll(async () => {
  // The accounts of the company are kept there.
  await startStripe();
  for (const [file, load] of Object.entries(files)) {
    const handle = (await load()).GET as Handler;
    const { wayOut = '' } = (definitionOf(handle) ?? {}) as { wayOut?: string };
    waysOut.push({ file, handle, audit: wayOut, kind: gateOf(handle) ?? '' });
  }
  organization = await testOrganization({ maxUsers: null, plan: 'enterprise' });
  owner = await staffPrincipal(organization.organizationId, organization.owner, 'owner');
  company = platformPrincipal();
});
afterAll(async () => {
  await organization.dispose();
  await closeConnections();
});

const inFormat = (address: string, format?: string): string =>
  format ? `${address}${address.includes('?') ? '&' : '?'}format=${format}` : address;

const ask = ({ file, handle }: WayOut, format?: string): Promise<Response> =>
  handle(new Request(`http://127.0.0.1:3000${inFormat(fill(addressOf(file)), format)}`), {
    params: Promise.resolve(
      Object.fromEntries(
        [
          'operationId',
          'billId',
          'receiptId',
          'claimId',
          'payerId',
          'patientId',
          'estimateId',
          'expenseId',
          'prescriptionId',
          'spectaclesId',
          'contactLensesId',
          'letterId',
          'visitId',
          'dispenseId',
        ].map((name) => [name, '0'.repeat(24)]),
      ),
    ),
  });

async function entries({ kind, audit }: WayOut): Promise<string[]> {
  const rows =
    kind === 'staff'
      ? await auditEventModel(organization.ctx()).find({ action: audit }).lean()
      : await platformAuditModel.find({ action: audit, 'actor.id': company.userId }).lean();
  return rows.map(({ result }) => result);
}

describe('every way out', () => {
  it('is one of the clinic or of the company', () => {
    expect(waysOut.filter(({ kind }) => kind === 'staff').length).toBeGreaterThanOrEqual(5);
    expect(waysOut.filter(({ kind }) => kind === 'platform').length).toBeGreaterThanOrEqual(3);
    expect(waysOut.filter(({ audit }) => !audit)).toEqual([]);
  });

  it.each(Object.keys(files))('%s leaves one entry in the log, and none when nothing left', async (file) => {
    const way = waysOut.find((one) => one.file === file);
    if (!way) throw new Error(`${file} was not read`);
    request.principal = null;
    const before = (await entries(way)).length;
    expect((await ask(way)).status).toBe(way.kind === 'staff' ? 401 : 404);
    expect(await entries(way)).toHaveLength(before);

    request.principal = way.kind === 'staff' ? owner : company;
    const answer = await ask(way);
    const bytes = (await answer.arrayBuffer()).byteLength;
    if (NEEDS_A_RECORD.includes(file)) {
      expect(answer.status).toBe(404);
      expect(await entries(way)).toHaveLength(before);
      return;
    }
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="[\w-]+\.(csv|pdf)"$/);
    expect(bytes).toBeGreaterThan(10);
    const found = await entries(way);
    expect(found).toHaveLength(before + 1);
    expect(found.at(-1)).toBe('ok');

    // A table also leaves as a workbook, with an entry of its own.
    const isTable = answer.headers.get('content-type')?.startsWith('text/csv');
    const asWorkbook = await ask(way, 'xlsx');
    const content = Buffer.from(await asWorkbook.arrayBuffer());
    expect(asWorkbook.headers.get('content-disposition')?.includes('.xlsx"')).toBe(isTable);
    expect(content.subarray(0, 2).toString() === 'PK').toBe(isTable);
    expect(await entries(way)).toHaveLength(before + 2);
  });

  it.each(['staff', 'platform'])(
    'of the %s answers 429 past its limit, and then nothing leaves',
    async (kind) => {
      const way = waysOut.find((one) => one.kind === kind && !NEEDS_A_RECORD.includes(one.file));
      if (!way) throw new Error('there is none');
      const limit = kind === 'staff' ? 'route.user' : 'platform.user';
      const person = kind === 'staff' ? organization.owner.id : company.userId;
      request.principal = kind === 'staff' ? owner : company;
      const before = await entries(way);
      await Promise.all(Array.from({ length: LIMITS[limit].points + 1 }, () => countPoint(limit, person)));
      expect((await ask(way)).status).toBe(429);
      const added = (await entries(way)).slice(before.length);
      expect(added.filter((result) => result === 'ok')).toEqual([]);
    },
  );
});
