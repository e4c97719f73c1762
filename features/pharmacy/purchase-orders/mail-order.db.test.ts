import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { addSupplierInput, updateSupplierInput } from '@/features/pharmacy/suppliers/schema';
import { addSupplier, updateSupplier } from '@/features/pharmacy/suppliers/service';
import type { Mail } from '@/lib/mail/send';
import type { TenantContext } from '@/lib/tenancy/context';
import { readPdf } from '@/tests/assertions/pdf-text';
import { aMedicine } from '@/tests/builders/medicine';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { printOrder } from './print-order';
import { getOrder } from './queries';
import { addOrderInput } from './schema';
import { addOrder, approveOrder, mailOrder } from './service';

// The mail server alone is not there: what is handed to it is looked at.
const post = vi.hoisted(() => ({ sent: [] as unknown[], isDown: false }));
vi.mock('@/lib/mail/send', async (original) => ({
  ...(await original<object>()),
  sendMail: async (mail: unknown) => {
    if (post.isDown) throw new Error('down');
    post.sent.push(mail);
  },
}));

let org: Awaited<ReturnType<typeof testOrganization>>;
let ctx: TenantContext;
beforeAll(async () => {
  org = await testOrganization();
  ctx = org.ctx('owner');
});
beforeEach(() => {
  post.sent = [];
  post.isDown = false;
});
afterAll(async () => {
  await org.dispose();
  await closeConnections();
});

async function anOrder(email: string) {
  const supplier = await addSupplier(
    ctx,
    addSupplierInput.parse({ name: `Sri ${randomUUID()}`, creditDays: '0', email }),
  );
  const { id: medicineId, name } = await aMedicine(ctx);
  const order = await addOrder(
    ctx,
    addOrderInput.parse({
      ...{ supplierId: supplier.id, requestKey: randomUUID() },
      lines: JSON.stringify([
        { medicineId, medicineName: name, unitsPerPack: '10', packs: '4', freePacks: '1', rate: '61.50' },
      ]),
    }),
  );
  return { order, supplier, name };
}

it('mails an approved order once, as the paper that is printed', async () => {
  const { order, supplier, name } = await anOrder('orders@example.com');
  const draft = readPdf((await printOrder(ctx, order.id)).content).text.join('\n');
  expect(draft).toContain('Draft');
  await expect(mailOrder(ctx, { orderId: order.id, version: order.version })).rejects.toMatchObject({
    code: 'CONFLICT',
  });
  const { version } = await approveOrder(ctx, { orderId: order.id, version: order.version });
  const both = await Promise.allSettled([1, 2].map(() => mailOrder(ctx, { orderId: order.id, version })));
  expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(post.sent).toHaveLength(1);
  const [mail] = post.sent as Mail[];
  expect(mail).toMatchObject({ to: 'orders@example.com', subject: expect.stringContaining(order.number) });
  const text = readPdf(mail?.attachments?.[0]?.content ?? Buffer.alloc(0)).text.join('\n');
  for (const words of [order.number, supplier.name, name, '61.50', '246.00']) expect(text).toContain(words);
  expect(await getOrder(ctx, order.id)).toMatchObject({ mailedTo: 'orders@example.com' });
});

it('says nothing was mailed where the server does not take it, or there is no address', async () => {
  const { order, supplier } = await anOrder('orders@example.com');
  const { version } = await approveOrder(ctx, { orderId: order.id, version: order.version });
  post.isDown = true;
  await expect(mailOrder(ctx, { orderId: order.id, version })).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  const after = await getOrder(ctx, order.id);
  expect(after.mailedAt).toBeNull();
  post.isDown = false;
  await updateSupplier(
    ctx,
    updateSupplierInput.parse({
      ...{ supplierId: supplier.id, name: supplier.name, creditDays: '0', email: '', isActive: 'on' },
      version: String(supplier.version),
    }),
  );
  await expect(mailOrder(ctx, { orderId: order.id, version: after.version })).rejects.toThrow(
    /no e-mail address/,
  );
  expect(post.sent).toEqual([]);
});
