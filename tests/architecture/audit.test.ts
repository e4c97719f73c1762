/// <reference types="vite/client" />
import { describe, expect, it } from 'vitest';
import { definitionOf, gateOf } from '@/lib/actions/gated';

type Exports = Record<string, unknown>;
const actionFiles = import.meta.glob<Exports>('/features/**/actions.ts');
const sources = import.meta.glob<string>('/features/**/*.ts', {
  query: '?raw',
  import: 'default',
  eager: true,
});

type Definition = { audit: string; entryAfter?: string };

async function changingActions(): Promise<Definition[]> {
  const found: Definition[] = [];
  for (const load of Object.values(actionFiles))
    for (const action of Object.values(await load())) {
      const gate = gateOf(action);
      if (gate === 'staff' || gate === 'platform') found.push(definitionOf(action) as Definition);
    }
  return found;
}

/** Opens a transaction of the organization's database without the entry of the action that it belongs to. */
const isUnaudited = (text: string): boolean => /\bctx\.db\.transaction(InTurn)?\(/.test(text);

describe('the entry of a change is written with the change', () => {
  it('by every action but those that say what they change elsewhere, which are these', async () => {
    const later = (await changingActions()).filter(({ entryAfter }) => entryAfter);
    // Kept at Stripe, at a vendor's or in the browser; asked for by mail; or with nothing to do, maybe.
    expect([...new Set(later.map(({ audit }) => audit))].sort()).toEqual([
      'account.email.change',
      'account.email.resend',
      'account.passkey.begin',
      'account.session.lock',
      'announcement.dismiss',
      'billing.cancel',
      'billing.cancel.undo',
      'billing.card.open',
      'billing.change.preview',
      'billing.discount.accept',
      'billing.downgrade',
      'billing.downgrade.undo',
      'billing.offer.accept',
      'billing.pause',
      'billing.payment.retry',
      'billing.portal.open',
      'billing.reactivate',
      'billing.resume',
      'billing.upgrade',
      'file.delete',
      'goods.read-sheet',
      'opening-stock.preview',
      'organization.ask-confirm',
      'organization.domain.add',
      'organization.sync',
      'payment-link.end',
      'payment-link.look',
      'price-list.preview',
      'sale.paper.remove',
      'staff.invite-many',
      'support-access.leave',
      'ticket.close',
      'visit.close-earlier',
    ]);
    for (const { audit, entryAfter } of later) expect(entryAfter, audit).toMatch(/^[A-Z].{20,}\.$/);
  });

  it('and the others are most of them', async () => {
    expect((await changingActions()).filter(({ entryAfter }) => !entryAfter).length).toBeGreaterThan(80);
  });

  it('in the one transaction that a service opens for it', () => {
    const loose = Object.entries(sources)
      .filter(([file, text]) => !file.endsWith('.test.ts') && isUnaudited(text))
      .map(([file]) => file);
    expect(loose).toEqual([]);
    expect(isUnaudited('await ctx.db.transaction(async (session) => {})')).toBe(true);
    expect(isUnaudited("ctx.db.transactionInTurn('queue', work)")).toBe(true);
    expect(isUnaudited('auditedWrite(ctx, async (session) => {})')).toBe(false);
  });
});
