import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signUp } from '@/features/fleet/signup/service';
import { masterTransaction } from '@/lib/master/connection';
import { organizationModel } from '@/lib/master/models/organization';
import { userModel } from '@/lib/master/models/user';
import { objectId } from '@/lib/mongo';
import { renderPaper } from '@/lib/pdf/paper';
import { readPdf } from '@/tests/assertions/pdf-text';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { currentVersions, legalDocument } from './documents';
import { acceptanceModel } from './model';
import { agreementPaper } from './paper';
import { dueOf, versionsOf } from './policy';
import { listAgreements, readCopy } from './queries';
import { acceptAgreements, recordAcceptance, voidAcceptances } from './service';

let hospital: Awaited<ReturnType<typeof testOrganization>>;
beforeAll(async () => {
  hospital = await testOrganization();
});
afterAll(async () => {
  await hospital.dispose();
  await closeConnections();
});

const dueNow = async (organizationId: string) => {
  const row = await organizationModel.findById(objectId(organizationId)).select('acceptedVersions').lean();
  return dueOf(currentVersions(), versionsOf(row ?? {}));
};

describe('at sign-up', () => {
  const input = (email: string) => ({
    organizationName: `Eye clinic ${randomUUID()}`,
    email,
    phone: '+91 98450 12345',
    industry: 'eye-hospital' as const,
    expectedUsers: 3,
    country: 'IN',
    name: 'Meera Nair',
    password: 'a long enough passphrase',
    timeZone: 'Asia/Kolkata',
    plan: 'starter' as const,
    interval: 'month' as const,
    start: 'paid' as const,
    accepts: 'on' as const,
  });

  it('the versions of today are kept with who, when and from where, and once for a sign-up that goes on', async () => {
    const email = `new-${randomUUID()}@hospital.test`;
    const first = input(email);
    const { organizationId } = await signUp(first, '203.0.113.9');
    expect((await signUp(first, '203.0.113.10')).organizationId).toBe(organizationId);
    const rows = await acceptanceModel.find({ organizationId: objectId(organizationId) }).lean();
    expect(rows.map(({ agreement }) => agreement).sort()).toEqual(['data-processing', 'terms']);
    for (const row of rows) {
      expect(row).toMatchObject({ name: 'Meera Nair', email, ip: '203.0.113.9' });
      expect(row).toMatchObject({
        version: legalDocument(row.agreement).version,
        sha256: legalDocument(row.agreement).sha256,
      });
    }
    expect(await dueNow(organizationId)).toEqual([]);
    // Somebody else proved the address: what was accepted with it binds nobody.
    await voidAcceptances(String(rows[0]?.userId));
    expect(await dueNow(organizationId)).toEqual(['terms', 'data-processing']);
  });

  it('with the address of an account its holder is bound to nothing', async () => {
    const { organizationId } = await signUp(input(hospital.owner.email));
    expect(await acceptanceModel.exists({ organizationId: objectId(organizationId) })).toBeNull();
    expect(await dueNow(organizationId)).toEqual(['terms', 'data-processing']);
  });
});

describe('in the product', () => {
  const accept = (role: 'owner' | 'admin', versions = currentVersions()) =>
    acceptAgreements(hospital.ctx(role), versions, '198.51.100.7');

  it('an owner binds the organization to what was shown, nobody else, and to no other version', async () => {
    await expect(accept('admin')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(accept('owner', { ...currentVersions(), terms: '2001-01-01' })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    const unproved = { $unset: { emailVerifiedAt: 1 as const } };
    const before = await userModel.findById(objectId(hospital.owner.id)).select('emailVerifiedAt').lean();
    await userModel.updateOne({ _id: objectId(hospital.owner.id) }, unproved);
    await expect(accept('owner')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await userModel.updateOne(
      { _id: objectId(hospital.owner.id) },
      { $set: { emailVerifiedAt: before?.emailVerifiedAt ?? new Date() } },
    );
    await expect(readCopy(hospital.ctx('owner'), 'terms')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await accept('owner');
    expect(await dueNow(hospital.organizationId)).toEqual([]);
    const { agreements, acceptances } = await listAgreements(hospital.ctx('admin'));
    expect(agreements.map(({ accepted }) => accepted?.ip)).toEqual(['198.51.100.7', '198.51.100.7']);
    expect(acceptances).toHaveLength(2);
  });

  it('a new version is due again, and what was accepted before stays on record', async () => {
    await organizationModel.updateOne(
      { _id: objectId(hospital.organizationId) },
      { $set: { acceptedVersions: { ...currentVersions(), terms: '2001-01-01' } } },
    );
    expect(await dueNow(hospital.organizationId)).toEqual(['terms']);
    await masterTransaction((session) =>
      recordAcceptance(
        objectId(hospital.organizationId),
        { userId: objectId(hospital.owner.id), name: 'Owner', email: 'owner@hospital.test', ip: '::1' },
        session,
      ),
    );
    expect(await dueNow(hospital.organizationId)).toEqual([]);
    expect((await listAgreements(hospital.ctx('owner'))).acceptances).toHaveLength(4);
  });

  it('a copy holds the whole text, who accepted it, and what it can be compared by', async () => {
    const copy = await readCopy(hospital.ctx('owner'), 'data-processing');
    const text = readPdf(await renderPaper(agreementPaper(hospital.ctx('owner'), copy)))
      .text.join(' ')
      .replace(/\s+/g, ' ');
    expect(text).toContain('Data processing agreement');
    expect(text).toContain('What we do for their safety');
    expect(text).toContain('owner@hospital.test');
    expect(text.replace(/ /g, '')).toContain(copy.document.sha256);
    await expect(readCopy(hospital.ctx('owner'), 'privacy')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('another organization sees none of it', async () => {
    const other = await testOrganization();
    expect((await listAgreements(other.ctx('owner'))).acceptances).toEqual([]);
    await other.dispose();
  });
});
