import mongoose from 'mongoose';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as dispenses from '@/features/dispensary/dispenses/actions';
import * as lotRecalls from '@/features/dispensary/lot-recalls/actions';
import * as returns from '@/features/dispensary/returns/actions';
import * as sales from '@/features/dispensary/sales/actions';
import * as appointments from '@/features/frontdesk/appointments/actions';
import * as queue from '@/features/frontdesk/queue/actions';
import * as rebookings from '@/features/frontdesk/rebookings/actions';
import * as allergies from '@/features/patients/allergies/actions';
import * as files from '@/features/patients/files/actions';
import * as patients from '@/features/patients/patients/actions';
import * as goodsReceipts from '@/features/pharmacy/goods-receipts/actions';
import * as medicines from '@/features/pharmacy/medicines/actions';
import * as openingStock from '@/features/pharmacy/opening-stock/actions';
import * as purchaseOrders from '@/features/pharmacy/purchase-orders/actions';
import * as stockLevels from '@/features/pharmacy/stock-levels/actions';
import * as stocktakes from '@/features/pharmacy/stocktakes/actions';
import * as stores from '@/features/pharmacy/stores/actions';
import * as supplierAccounts from '@/features/pharmacy/supplier-accounts/actions';
import * as supplierProducts from '@/features/pharmacy/supplier-products/actions';
import * as supplierReturns from '@/features/pharmacy/supplier-returns/actions';
import * as suppliers from '@/features/pharmacy/suppliers/actions';
import * as transfers from '@/features/pharmacy/transfers/actions';
import * as addressees from '@/features/record/addressees/actions';
import * as contactLenses from '@/features/record/contact-lenses/actions';
import * as examinations from '@/features/record/examinations/actions';
import * as letters from '@/features/record/letters/actions';
import * as prescriptions from '@/features/record/prescriptions/actions';
import * as spectacles from '@/features/record/spectacles/actions';
import { strayEntries } from '@/lib/actions/entry';
import { definitionOf } from '@/lib/actions/gated';
import { auditEventModel, auditNoteModel, tenantLedger } from '@/lib/audit/ledger';
import { verdictOf } from '@/lib/audit/verify';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { staffPrincipal } from '@/tests/builders/principals';
import { EVENING, HOURS, MORNING } from './audited/front';
import { MEDICINES } from './audited/medicines';
import { EXAMINATION } from './audited/record';
import { ctx, type Fields, type Step, scene } from './audited/scene';
import { STORES } from './audited/stores';
import { SUPPLY } from './audited/supply';

// The request around an action: the owner is signed in; everything behind that is real.
const request = vi.hoisted(() => ({ principal: null as unknown }));
vi.mock('@/lib/auth/principal', () => ({ getPrincipal: async () => request.principal }));
vi.mock('next/headers', async () => ({
  headers: async () => new Headers(),
  cookies: (await import('../emulators/next')).noCookies,
}));
// An order is mailed to nobody.
vi.mock('@/lib/mail/send', async (original) => ({
  ...(await original<object>()),
  sendMail: async () => undefined,
}));
vi.mock('next/cache', () => import('../emulators/next'));
vi.mock('next/server', () => import('../emulators/next'));

type Action = (previous: { status: 'idle' }, form: FormData) => Promise<{ status: string; data?: unknown }>;

let client: mongoose.mongo.MongoClient;
const database = () => client.db(scene.org.db.name);

/** A day at the hospital, in which every action that changes records happens. */
const DAY: Step[] = [...MORNING, ...EXAMINATION, ...EVENING, ...MEDICINES, ...SUPPLY, ...STORES, ...HOURS];

function formOf(fields: Fields): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields))
    for (const one of [value].flat()) form.append(name, one);
  return form;
}

const send = (action: unknown, fields: Fields) => (action as Action)({ status: 'idle' }, formOf(fields));
const nameOf = (action: unknown): string => (definitionOf(action) as { audit: string }).audit;

/** All but the log itself, and what is taken before a change: numbers, and the lock of a doctor's day. */
async function records(): Promise<string> {
  const names = (await database().listCollections().toArray()).map(({ name }) => name);
  const kept = names.filter((name) => !name.startsWith('audit_') && !/^(counters|doctor_days)$/.test(name));
  const all = await Promise.all(
    kept
      .sort()
      .map(async (name) => [name, await database().collection(name).find().sort({ _id: 1 }).toArray()]),
  );
  return JSON.stringify(all);
}

/** While it stands, the database takes no note: an index that allows one note, and that note. */
async function refuseNotes<T>(work: () => Promise<T>): Promise<T> {
  const notes = database().collection('audit_notes');
  await notes.insertOne({ ledgerId: 'nowhere', result: 'ok' });
  await notes.createIndex({ result: 1 }, { unique: true, name: 'one_note' });
  try {
    return await work();
  } finally {
    await notes.dropIndex('one_note');
    await notes.deleteMany({ ledgerId: 'nowhere' });
  }
}

const entriesOf = (action: string) => auditEventModel(ctx()).find({ action }).sort({ seq: 1 }).lean();

beforeAll(async () => {
  scene.org = await testOrganization();
  client = await new mongoose.mongo.MongoClient(process.env.MONGODB_URI ?? '').connect();
  scene.doctorId = (await scene.org.doctor()).id;
  request.principal = await staffPrincipal(scene.org.organizationId, scene.org.owner, 'owner');
});
afterAll(async () => {
  await client.close();
  await scene.org.dispose();
  await closeConnections();
});

describe('a change and its entry are there together, or neither is', () => {
  it.each(DAY)('%s', async (_name, action, fieldsOf) => {
    const fields = await fieldsOf();
    const event = nameOf(action);
    const [before, earlier] = [await records(), await entriesOf(event)];
    const refused = await refuseNotes(() => send(action, fields));
    expect(refused.status).not.toBe('ok');
    expect(await records()).toBe(before);

    const done = await send(action, fields);
    expect(done).toMatchObject({ status: 'ok' });
    expect(await records()).not.toBe(before);
    const entries = (await entriesOf(event)).filter(({ result }) => result === 'ok');
    expect(entries).toHaveLength(earlier.filter(({ result }) => result === 'ok').length + 1);
    // Written as a note, not by the gate after the change.
    expect(entries.at(-1)).toMatchObject({ noteId: expect.any(String), actor: { id: scene.org.owner.id } });
    expect(await auditNoteModel(ctx()).countDocuments({})).toBe(0);
  });

  it('happens for every action that changes records of the hospital', () => {
    const all = [
      appointments,
      rebookings,
      queue,
      patients,
      allergies,
      files,
      medicines,
      examinations,
      prescriptions,
      spectacles,
      contactLenses,
      letters,
      addressees,
      dispenses,
      returns,
      lotRecalls,
      sales,
      suppliers,
      // Reading a spreadsheet changes nothing.
      Object.values(goodsReceipts).filter((action) => action !== goodsReceipts.readGoodsAction),
      purchaseOrders,
      supplierReturns,
      stores,
      transfers,
      stocktakes,
      stockLevels,
      supplierAccounts,
      supplierProducts,
      // Its preview changes nothing.
      [openingStock.importOpeningAction],
    ].flatMap(Object.values);
    const done = new Set(DAY.map(([, action]) => action));
    const missing = all.filter((action) => !done.has(action)).map(nameOf);
    // Closes visits one by one, each with its entry; shown where the queue is tested.
    expect(missing).toEqual(['visit.close-earlier']);
  });

  it('is in a chain that is whole, and no gate had to write an entry itself', async () => {
    expect(await verdictOf(tenantLedger(scene.org.db))).toMatchObject({ status: 'intact' });
    expect(strayEntries()).toEqual([]);
  });
});
