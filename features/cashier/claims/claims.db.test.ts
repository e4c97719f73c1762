import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const directory = mkdtempSync(join(tmpdir(), 'chakravue-claims-'));
process.env.FILES_FOLDER = directory;

import { getFile, listFiles, openShown, openStoredFile } from '@/features/patients/files/queries';
import { deleteFile, describeFile } from '@/features/patients/files/service';
import { newObjectId } from '@/lib/mongo';
import { bufferSource, piecesOf } from '@/lib/source';
import { aBill, aService } from '@/tests/builders/bill';
import { dicomFile } from '@/tests/builders/dicom';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { aPatient } from '@/tests/builders/patient';
import { aPayer, theClaim } from '@/tests/builders/payer';
import { listPapers, openPaper } from './queries';
import { attachPaperInput } from './schema';
import { attachPaper, removePaper } from './service';

let org: Awaited<ReturnType<typeof testOrganization>>;
let other: typeof org;
let cashier: ReturnType<typeof org.ctx>;
let patientId = '';
beforeAll(async () => {
  org = await testOrganization({ maxUsers: null });
  other = await testOrganization();
  cashier = org.ctx('cashier');
  patientId = (await aPatient(org.ctx())).id;
});
afterAll(async () => {
  await org.dispose();
  await other.dispose();
  await closeConnections();
  rmSync(directory, { recursive: true, force: true });
});

const LETTER = Buffer.from('%PDF-1.7\n%%EOF\n');
async function aClaim() {
  const payer = await aPayer(org.ctx());
  const lines = [{ service: await aService(org.ctx()) }];
  await aBill(org.ctx(), { patientId, lines, payerChoice: `payer:${payer.id}` });
  return (await theClaim(org.ctx(), payer.id)).id;
}
const attach = (claimId: string, content: Buffer = LETTER, name = 'approval.pdf', place = cashier) =>
  attachPaper(
    place,
    attachPaperInput.parse({ claimId, name, claimedType: '', sizeBytes: content.length }),
    piecesOf(bufferSource(content), 1_000),
  );

describe('a paper of a claim', () => {
  it('is read with its claim, and with no other', async () => {
    const [claimId, another] = [await aClaim(), await aClaim()];
    const { id: fileId } = await attach(claimId);
    expect(await listPapers(cashier, claimId)).toMatchObject([{ id: fileId, name: 'approval.pdf' }]);
    const { source } = await openPaper(cashier, { claimId, fileId });
    expect(Buffer.from(await source.read(0, LETTER.length)).equals(LETTER)).toBe(true);
    expect(await listPapers(cashier, another)).toEqual([]);
    await expect(openPaper(cashier, { claimId: another, fileId })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(openPaper(other.ctx(), { claimId, fileId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is none of the documents of its patient: who reads those does not find it', async () => {
    const claimId = await aClaim();
    const { id: fileId, version } = await attach(claimId);
    const doctor = org.ctx('doctor');
    expect(await listFiles(doctor, { kind: 'patient', id: patientId })).toEqual([]);
    const described = { kind: 'letter' as const, eye: undefined, takenOn: undefined, orderedAs: '' };
    for (const ask of [
      () => getFile(doctor, fileId),
      () => openStoredFile(doctor, fileId),
      () => openShown(doctor, fileId),
      () => deleteFile(doctor, fileId),
      () => describeFile(doctor, { fileId, version, ...described }),
    ])
      await expect(ask()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await listPapers(cashier, claimId)).toHaveLength(1);
  });

  it('is refused where nothing would be kept, and leaves nothing behind', async () => {
    const claimId = await aClaim();
    await expect(attach(claimId, Buffer.from('MZ'), 'letter.exe')).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('at most 20 MiB'),
    });
    // Whose a file of a device is would have to be asked, and nobody here is asked.
    const scan = dicomFile({ rows: 8, columns: 8, frames: [Buffer.alloc(64, 9)] });
    await expect(attach(claimId, scan, 'scan.dcm')).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('among the documents of the patient'),
    });
    await expect(attach(newObjectId().toString())).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(attach(claimId, LETTER, 'a.pdf', other.ctx())).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await listPapers(cashier, claimId)).toEqual([]);
  });

  it('is deleted by who added it, or by who closes the day', async () => {
    const claimId = await aClaim();
    const [first, second] = [await attach(claimId), await attach(claimId, LETTER, 'query.pdf', org.ctx())];
    await expect(removePaper(cashier, { claimId, fileId: second.id })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    await removePaper(org.ctx(), { claimId, fileId: first.id });
    await removePaper(org.ctx(), { claimId, fileId: second.id });
    expect(await listPapers(cashier, claimId)).toEqual([]);
    await expect(removePaper(cashier, { claimId, fileId: first.id })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});
