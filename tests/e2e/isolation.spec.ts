import { readdirSync, readFileSync } from 'node:fs';
import mongoose from 'mongoose';
import type { Page } from 'playwright/test';
import { account, demo, signInAs } from '../browser/demo';
import { expect, test } from '../browser/test';

// Walks the tree of app/, so that a page is in the walk on the day it is born.
const SEGMENT = /\[[^\]]+\]/;
const addressOf = (file: string): string =>
  `/${file
    .replace(/^app\//, '')
    .replace(/\/?(page\.tsx|route\.ts)$/, '')
    .split('/')
    .filter((part) => !/^\(.+\)$/.test(part))
    .join('/')}`;
const filesOf = (folder: string, name: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file === name || file.endsWith(`/${name}`))
    .map((file) => `${folder}/${file}`);
const pages = filesOf('app/(clinic)', 'page.tsx').map(addressOf).sort();
const routes = filesOf('app/api', 'route.ts')
  .map(addressOf)
  .filter((address) => !/^\/api\/(auth|stripe|health|signup|platform|queue\/stream)/.test(address))
  .sort();

const EXPECTED: Readonly<Record<string, readonly number[]>> = {
  // Without its token the metrics are not there for anybody.
  '/api/metrics': [404],
  // A register is of a class and a month.
  '/api/registers/print': [404],
  // A statement is of a supplier.
  '/api/supplier-statements/export': [404],
  // A bill or an estimate is somebody's: without a patient the page leads to the counter.
  '/cashier/bills/new': [307],
  '/cashier/estimates/new': [307],
  '/cashier/claims/new': [307],
};

type Row = { collection: string; id: string };
/** `ofCompany` is what the company keeps of it, such as its tickets. */
type Hospital = { database: string; texts: string[]; rows: Row[]; ofCompany: Row[] };

/** What is in a hospital's own database: ids to try, and texts that nobody else may see. */
async function contentOf(name: string): Promise<Hospital> {
  const client = new mongoose.mongo.MongoClient(process.env.MONGODB_URI ?? '');
  try {
    const organization = await client
      .db('chakravue_master')
      .collection('organizations')
      .findOne({ organizationName: name });
    const database: string = organization?.placement.databaseName;
    const db = client.db(database);
    const texts = new Set<string>();
    const found: Row[] = [];
    const ofCompany: Row[] = [];
    for (const { name: collection } of await client.db('chakravue_master').listCollections().toArray()) {
      const kept = client.db('chakravue_master').collection(collection);
      const row = await kept.findOne({ organizationId: organization?._id });
      if (row) ofCompany.push({ collection, id: String(row._id) });
    }
    for (const { name: collection } of await db.listCollections().toArray()) {
      if (collection === '_tenant') continue;
      const rows = await db.collection(collection).find().limit(50).toArray();
      for (const row of rows.slice(0, 1)) found.push({ collection, id: String(row._id) });
      for (const row of rows) {
        for (const [field, value] of Object.entries(row)) {
          if (
            /^(name|email|firstName|lastName|patientName|doctorName|phone|reason|lotNumber|actorName|byName)$/.test(
              field,
            ) &&
            typeof value === 'string' &&
            value.length >= 5
          ) {
            texts.add(value);
          }
        }
      }
    }
    const isId = ({ id }: Row) => /^[0-9a-f]{24}$/.test(id);
    return { database, texts: [...texts], rows: found.filter(isId), ofCompany: ofCompany.filter(isId) };
  } finally {
    await client.close();
  }
}

const OTHERS_EVERY = 4;
/** Each address is asked for one of them. */
const MALFORMED = ['nonsense', '%24ne', '..%2f..%2fetc'];

/**
 * The ids worth trying at an address: of `[orderId]` those of whatever is called an order, and what is kept
 * beside them; where it has nothing of the name, some of what it has, at each address others.
 */
function idsFor(address: string, at: number, { rows, ofCompany }: Hospital): string[] {
  const [, noun] = /\[(\w+)Id\]/.exec(address) ?? [];
  const isNamed = (name: string) => noun && name.replaceAll('_', '').includes(noun.toLowerCase());
  const named = [...rows, ...ofCompany].filter(({ collection }) => isNamed(collection));
  const others = rows.filter((_, index) => index % OTHERS_EVERY === at % OTHERS_EVERY);
  return (named.length > 0 ? named : others).map(({ id }) => id);
}

async function bodyOf(
  page: Page,
  address: string,
  method: 'get' | 'post' = 'get',
): Promise<{ status: number; text: string }> {
  const answer = await page.request[method](`${demo().app}${address}`, { maxRedirects: 0 });
  return { status: answer.status(), text: await answer.text() };
}

/** What takes no GET says so before it looks at the id: it is posted to. */
async function answerOf(page: Page, address: string) {
  const read = await bodyOf(page, address);
  return read.status === 405 ? bodyOf(page, address, 'post') : read;
}

test.describe('a signed-in owner of one hospital', () => {
  let own: Hospital;
  let other: Hospital;
  let canaries: string[];
  test.beforeAll(async () => {
    own = await contentOf(account('owner', 0).organization ?? '');
    other = await contentOf(account('owner', 1).organization ?? '');
    const mine = new Set(own.texts);
    canaries = other.texts.filter((text) => !mine.has(text));
    expect(canaries.length).toBeGreaterThan(20);
    expect(other.rows.length).toBeGreaterThan(5);
  });

  test('gets 404 for every page and handler with an id of the other, and none of its words', async ({
    page,
  }) => {
    test.setTimeout(420_000);
    await signInAs(page, account('owner', 0));
    const withId = [...pages, ...routes].filter((address) => SEGMENT.test(address));
    expect(withId.length).toBeGreaterThan(3);
    const tried = new Set<string>();
    for (const [at, address] of withId.entries()) {
      for (const id of idsFor(address, at, other)) {
        const { status, text } = await answerOf(page, address.replace(SEGMENT, id));
        tried.add(id);
        expect(status, `${address} with ${id}`).toBe(404);
        expect(
          canaries.filter((canary) => text.includes(canary)),
          address,
        ).toEqual([]);
      }
      for (const malformed of [MALFORMED[at % MALFORMED.length] ?? '', '0'.repeat(24)]) {
        expect(
          (await answerOf(page, address.replace(SEGMENT, malformed))).status,
          `${address} with ${malformed}`,
        ).toBe(404);
      }
    }
    expect(other.rows.filter(({ id }) => !tried.has(id))).toEqual([]);
  });

  test('sees none of the other’s words on any page or in any answer', async ({ page }) => {
    test.setTimeout(420_000);
    await signInAs(page, account('owner', 0));
    for (const address of [...pages, ...routes].filter((one) => !SEGMENT.test(one))) {
      const { status, text } = await bodyOf(page, address === '/api/search' ? '/api/search?q=a' : address);
      expect(EXPECTED[address] ?? [200, 400, 405], address).toContain(status);
      expect(
        canaries.filter((canary) => text.includes(canary)),
        address,
      ).toEqual([]);
    }
  });

  test('still sees its own', async ({ page }) => {
    await signInAs(page, account('owner', 0));
    const { text } = await bodyOf(page, '/patients');
    expect(own.texts.some((one) => text.includes(one))).toBe(true);
  });
});

test('a super-admin has no way into a hospital’s pages', async ({ page }) => {
  await signInAs(page, account('super-admin'));
  for (const address of pages.filter((one) => !SEGMENT.test(one))) {
    const { status } = await bodyOf(page, address);
    expect([307, 404], address).toContain(status);
  }
});

test('staff get 404 on every page of the platform', async ({ page }) => {
  await signInAs(page, account('owner', 0));
  for (const address of filesOf('app/platform', 'page.tsx').map(addressOf)) {
    expect((await bodyOf(page, address.replace(SEGMENT, '0'.repeat(24)))).status, address).toBe(404);
  }
});

test('who says that they have passed the door is not believed', async ({ page }) => {
  for (const headers of [{}, { 'x-door': '1' }]) {
    const answer = await page.request.get(`${demo().app}/today`, { headers, maxRedirects: 0 });
    expect(answer.status()).toBe(307);
    expect(answer.headers()['content-security-policy']).toContain("'strict-dynamic'");
  }
});

test('the web holds a credential of the master database alone', async () => {
  const { port } = new URL(demo().process);
  const web = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => environmentOf(pid))
    .find((env) => env.WORKER === 'off' && env.PORT === port);
  expect(web?.PROVISIONER_MONGODB_URI).toBeUndefined();
  const client = new mongoose.mongo.MongoClient(web?.MONGODB_URI ?? '');
  try {
    const organization = await client.db('chakravue_master').collection('organizations').findOne({});
    const hospital = client.db(String(organization?.placement?.databaseName));
    await expect(hospital.collection('patients').findOne({})).rejects.toThrow();
    const user = { createUser: 'planted', pwd: 'planted', roles: ['root'] };
    await expect(client.db('admin').command(user)).rejects.toThrow();
  } finally {
    await client.close();
  }
});

/** What a process was started with; nothing where we may not look. */
function environmentOf(pid: string): Record<string, string> {
  try {
    const pairs = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
    return Object.fromEntries(pairs.map((pair) => pair.split(/=(.*)/s).slice(0, 2)));
  } catch {
    return {};
  }
}
