import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import '@/server/master-models';
import { listContacts } from '@/features/platform/contacts/queries';
import { addContact, removeContact, saveContact } from '@/features/platform/contacts/service';
import { customerNoteModel } from '@/features/platform/customer-notes/model';
import { listNotes } from '@/features/platform/customer-notes/queries';
import { addNote } from '@/features/platform/customer-notes/service';
import { attachToNote, openNoteAttachment } from '@/features/support/tickets/attachments';
import { ensureOrganizationKey } from '@/lib/crypto/organization-keys';
import { enqueueMail } from '@/lib/mail/queue';
import { ensureMasterIndexes } from '@/lib/master/define-master-model';
import { jobModel } from '@/lib/master/models/job';
import { userModel } from '@/lib/master/models/user';
import { newObjectId, objectId, op } from '@/lib/mongo';
import { expectIndexed } from '@/tests/assertions/explain';
import { billedOrganization, payAtStripe } from '@/tests/builders/billed-organization';
import { colleague } from '@/tests/builders/colleague';
import { closeConnections } from '@/tests/builders/organization';
import { startStripe } from '@/tests/emulators/stripe';
import { findHistory, listTimeline } from './queries';

const ctx = {
  actor: { kind: 'platform' as const, userId: 'f'.repeat(24), name: 'Sam', email: 'sam@chakravue.test' },
  requestId: 'test',
};
const bytesOf = async function* (content: Buffer) {
  yield content;
};

describe('what the company keeps of a customer', () => {
  let local: Awaited<ReturnType<typeof startStripe>>;
  let id: string;
  let other: string;
  beforeAll(async () => {
    local = await startStripe();
    await ensureMasterIndexes();
    [id, other] = [await billedOrganization(), await billedOrganization()];
    await ensureOrganizationKey(id);
    await payAtStripe(local, id);
  });
  afterAll(async () => {
    await local.stop();
    await closeConnections();
  });

  it('is notes with files, of this customer and openable as such alone', async () => {
    const content = Buffer.from('%PDF-1.7\n%%EOF\n');
    const file = { name: 'contract.pdf', claimedType: 'application/pdf', sizeBytes: content.length };
    const kept = await attachToNote(ctx, id, file, bytesOf(content));
    await expect(
      addNote(ctx, { organizationId: other, text: 'Theirs', attachmentIds: [kept.id] }),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await listNotes(ctx, other)).toEqual([]);
    await addNote(ctx, { organizationId: id, text: 'Wants a branch in Pune', attachmentIds: [kept.id] });
    expect(await listNotes(ctx, id)).toMatchObject([
      { text: 'Wants a branch in Pune', byName: 'Sam', files: [{ id: kept.id, name: 'contract.pdf' }] },
    ]);
    expect((await openNoteAttachment(ctx, kept.id)).content.equals(content)).toBe(true);
    // However many are written after it, the timeline leads to its file.
    const { entries } = await listTimeline(ctx, id, { after: undefined });
    expect(entries.filter(({ source }) => source === 'note')).toMatchObject([
      { detail: 'Wants a branch in Pune', files: [{ id: kept.id, name: 'contract.pdf' }] },
    ]);
    const missing = { organizationId: newObjectId().toString(), text: 'x', attachmentIds: [] };
    await expect(addNote(ctx, missing)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(openNoteAttachment(ctx, newObjectId().toString())).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('tells the colleagues whom a note names, and nobody else', async () => {
    const organizationId = await billedOrganization();
    const [asha, otto] = [await colleague('finance', 'Asha Named'), await colleague('support', 'Otto Not')];
    const text = 'Ask @Asha Named what was agreed; @Sam knows too.';
    const { told } = await addNote(ctx, { organizationId, text, attachmentIds: [] });
    expect(told).toEqual(['Asha Named']);
    const mails = await jobModel.find({ kind: 'mail.send', key: /^note-mention:/ }).lean();
    expect(mails.map(({ payload }) => payload)).toMatchObject([
      { to: asha.email, subject: expect.stringContaining('Sam names you') },
    ]);
    expect(String(mails[0]?.payload?.text)).toContain(`/platform/organizations/${organizationId}`);
    await userModel.deleteMany({ email: op({ $in: [asha.email, otto.email] }) });
  });

  it('is contacts that another customer’s page cannot remove', async () => {
    await addContact(ctx, { organizationId: id, name: 'Asha Rao', email: 'asha@hospital.test' });
    const [contact] = await listContacts(ctx, id);
    const contactId = contact?.id ?? '';
    await expect(removeContact(ctx, { organizationId: other, contactId })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await listContacts(ctx, id)).toMatchObject([{ name: 'Asha Rao', email: 'asha@hospital.test' }]);
    const typed = { organizationId: id, contactId, name: 'Asha Rao', email: undefined };
    await saveContact(ctx, { ...typed, version: 0, position: 'Owner' });
    await expect(saveContact(ctx, { ...typed, version: 0, phone: '1' })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    expect(await listContacts(ctx, id)).toMatchObject([
      { position: 'Owner', email: null, phone: null, version: 1 },
    ]);
    await removeContact(ctx, { organizationId: id, contactId });
    expect(await listContacts(ctx, id)).toEqual([]);
  });

  it('is one history of money, mails and notes, each line once over all pages, also of one moment', async () => {
    const at = new Date('2026-03-01T10:00:00.000Z');
    const organizationId = objectId(id);
    await customerNoteModel.insertMany(
      Array.from({ length: 45 }, (_, index) => ({
        organizationId,
        byId: newObjectId(),
        byName: 'Sam',
        text: `Note ${index}`,
        // Forty at one moment: a page ends among them.
        at: index < 40 ? at : new Date(at.getTime() - index * 1_000),
      })),
    );
    await enqueueMail(
      `refund:${newObjectId()}`,
      { to: 'a@b.test', subject: 'x', text: 'x', html: 'x' },
      {
        organizationId: id,
      },
    );
    const seen: { source: string; id: string; at: string }[] = [];
    let after: string | undefined;
    do {
      const page = await listTimeline(ctx, id, { after });
      seen.push(...page.entries);
      after = page.after ?? undefined;
    } while (after);
    expect(new Set(seen.map((entry) => `${entry.source}:${entry.id}`)).size).toBe(seen.length);
    expect(seen.filter(({ source }) => source === 'note')).toHaveLength(46);
    expect(seen.filter(({ source }) => source === 'payment')).toHaveLength(1);
    expect(seen.filter(({ source }) => source === 'mail').length).toBeGreaterThanOrEqual(1);
    expect(seen.map((entry) => entry.at)).toEqual(
      seen
        .map((entry) => entry.at)
        .sort()
        .reverse(),
    );
    expect((await listTimeline(ctx, other, { after: undefined })).entries).toEqual([]);
    await expect(listTimeline(ctx, newObjectId().toString(), { after: undefined })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    for (const find of Object.values(findHistory(id, { at, source: 'note', id: newObjectId().toString() })))
      expectIndexed(
        await (find as { explain: (kind: string) => Promise<unknown> }).explain('executionStats'),
      );
  });
});
