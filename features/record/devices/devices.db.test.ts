import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

const directory = mkdtempSync(join(tmpdir(), 'chakravue-devices-'));
process.env.FILES_FOLDER = directory;

import { uploadFileInput } from '@/features/patients/files/schema';
import { uploadFile } from '@/features/patients/files/service';
import { measureInput } from '@/features/record/examinations/schema';
import { measure } from '@/features/record/examinations/service';
import { bufferSource, piecesOf } from '@/lib/source';
import type { TenantContext } from '@/lib/tenancy/context';
import { dicomFile, fl, SOP_CLASS, sq } from '@/tests/builders/dicom';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { aPatient } from '@/tests/builders/patient';
import { aVisit } from '@/tests/builders/visit';
import { findExamination } from '../examinations/queries';
import { readDocument } from './queries';
import { acceptReadingsInput } from './schema';
import { acceptReadings } from './service';

let org: Awaited<ReturnType<typeof testOrganization>>;
let other: Awaited<ReturnType<typeof testOrganization>>;
let ctx: TenantContext;
let visitId: string;
let number: string;
beforeAll(async () => {
  org = await testOrganization();
  other = await testOrganization();
  ctx = org.ctx('optometrist');
  const patient = await aPatient(ctx);
  number = patient.number;
  ({ id: visitId } = await aVisit(ctx, { patientId: patient.id }));
});
afterAll(async () => {
  await org.dispose();
  await other.dispose();
  await closeConnections();
  rmSync(directory, { recursive: true, force: true });
});

const file = (id: string, sex = '') =>
  `<Data><Company>NIDEK</Company><Patient><ID>${id}</ID><Sex>${sex}</Sex></Patient>
  <R><AR><ARMedian><Sphere>-1.12</Sphere></ARMedian></AR><NT><NTAverage><mmHg>17</mmHg></NTAverage></NT></R></Data>`;
const accept = (content: string, version: number, facts: Record<string, unknown> = {}, place = ctx) =>
  acceptReadings(
    place,
    acceptReadingsInput.parse({ visitId, version, content, chosen: ['0:left', '1:right'], ...facts }),
  );

it('takes over what was chosen, once, into the eye of the device, beside what a person wrote', async () => {
  await measure(ctx, measureInput.parse({ visitId, version: 0, 'auto-right-sphere': '-3' }));
  // The form says left; the device has said right.
  await accept(file(number), 1);
  const after = await findExamination(ctx, visitId);
  expect(after?.measurements).toMatchObject({
    refractions: [
      { kind: 'auto', right: { sphere: -12 } },
      { kind: 'auto', right: { sphere: -4 }, source: 'NIDEK' },
    ],
    pressures: [{ right: { mmHg: 17 }, method: 'nct', source: 'NIDEK' }],
  });
  await expect(accept(file(number), 2)).rejects.toMatchObject({ code: 'CONFLICT' });
  await expect(accept(file(number), 1)).rejects.toMatchObject({ code: 'CONFLICT' });
  expect(await findExamination(ctx, visitId)).toEqual(after);

  // What the form sends afterwards still says where a value is from.
  const kept = { 'auto2-right-sphere': '-1', 'auto2-source': 'NIDEK' };
  const saved = await measure(ctx, measureInput.parse({ visitId, version: 2, ...kept }));
  expect(saved.measurements.refractions).toEqual([
    { kind: 'auto', right: { sphere: -4, cylinder: 0 }, source: 'NIDEK' },
  ]);
});

it('is not taken for somebody else, and with a doubt only once somebody has looked', async () => {
  const before = await findExamination(ctx, visitId);
  await expect(accept(file('42'), 3)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  await expect(accept(file(number, 'Male'), 3, { isConfirmed: 'on' })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    message: expect.stringContaining('somebody else'),
  });
  await expect(accept('<Data/>', 3, { isConfirmed: 'on' })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  await expect(accept(file(number), 3, {}, other.ctx())).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(await findExamination(ctx, visitId)).toEqual(before);
  await accept(file('42'), 3, { isConfirmed: 'on', chosen: ['1:right'] });
});

it('takes over what a document of the patient has measured, and of no other document', async () => {
  const patient = await aPatient(ctx, { firstName: 'Dikom' });
  const { id } = await aVisit(ctx, { patientId: patient.id });
  const put = async (patientId: string, content: Buffer) => {
    const facts = { patientId, name: 'field.dcm', claimedType: '', sizeBytes: content.length };
    return uploadFile(ctx, uploadFileInput.parse(facts), piecesOf(bufferSource(content), 50_000));
  };
  const field = (sopClass: string) =>
    dicomFile({
      ...{ sopClass, modality: 'OPV', takenOn: '2026-01-02', patient: { id: patient.number } },
      measured: [sq(0x00240064, [fl(0x00240066, -3.21)]), [0x00240113, 'CS', 'L']],
    });
  const document = await put(patient.id, field(SOP_CLASS.field));
  expect(document).toMatchObject({ measures: 1, kind: 'field' });
  const { file: read } = await readDocument(ctx, id, document.id);
  expect(read).toMatchObject({ device: 'Maker Model 1', takenAt: '2026-01-02 10:15' });
  // A page that is drawn again does not read the file again.
  rmSync(directory, { recursive: true });
  expect((await readDocument(ctx, id, document.id)).file).toEqual(read);
  const take = (fileId: string, place = ctx) =>
    acceptReadings(
      place,
      acceptReadingsInput.parse({ visitId: id, version: 0, fileId, chosen: ['0:right'] }),
    );
  // One without values, one of somebody else, one of another hospital, and one that may not be read.
  const picture = await put(patient.id, field(SOP_CLASS.photography));
  expect(picture.measures).toBe(0);
  await expect(take(picture.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const stranger = await aVisit(ctx, { patientId: (await aPatient(ctx, { firstName: 'Other' })).id });
  await expect(readDocument(ctx, stranger.id, document.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(take(document.id, other.ctx())).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(await findExamination(ctx, id)).toBeNull();
  // The form says right; the device has said left.
  await take(document.id);
  expect((await findExamination(ctx, id))?.measurements.tests).toEqual({ 'field-md': { left: '-3.21' } });
});
