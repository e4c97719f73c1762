import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import PDFDocument from 'pdfkit';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { auditEventModel } from '@/lib/audit/ledger';
import { platformAuditModel } from '@/lib/master/models/audit-event';
import { organizationModel } from '@/lib/master/models/organization';
import { objectId } from '@/lib/mongo';
import { piecesOf, type Source } from '@/lib/source';
import { fileStore } from '@/lib/storage/file-store';
import type { TenantContext } from '@/lib/tenancy/context';
import { today } from '@/lib/time';
import { dicomFile, type Element, SOP_CLASS, SYNTAX } from '@/tests/builders/dicom';
import { HEIC } from '@/tests/builders/heic';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { aPatient } from '@/tests/builders/patient';
import { fileModel, storageHoldModel, uploadModel } from './model';
import { contentKey, contentNames, madeName } from './names';
import { FILE_MAX_BYTES, PART_BYTES, partsOf } from './policy';
import {
  findPortrait,
  getFile,
  listFiles,
  openShown,
  openStoredFile,
  readFramePicture,
  readPortrait,
  readThumbnail,
} from './queries';
import { recountAllStorage } from './recount';
import { beginUploadInput, uploadFileInput } from './schema';
import { deleteFile, describeFile, uploadFile } from './service';
import {
  endRemoval,
  HOLD_MS,
  holdFiles,
  recountStorage,
  removeOrphans,
  reserveStorage,
  settleHolds,
} from './storage';
import { abandonUpload, beginUpload, finishUpload, putPart } from './uploads';

/** `ROUNDS=50 node scripts/test.mjs service files`: the long form. */
const ROUNDS = Number(process.env.ROUNDS ?? 2);
const KIB = 1024;

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
/** A PDF of an exact size: what follows its end is of no interest to a reader. */
const pdf = (sizeBytes: number) =>
  Buffer.concat([Buffer.from('%PDF-1.7\n%%EOF\n'), Buffer.alloc(sizeBytes)]).subarray(0, sizeBytes);
/** A PDF that a reader opens. */
const page = async () => {
  const document = new PDFDocument({ size: 'A5' });
  document.text('OCT, macula, right eye').end();
  return buffer(document);
};
const chunks = async function* (content: Buffer, step = 7_000) {
  for (let at = 0; at < content.length; at += step) yield content.subarray(at, at + step);
};

const allOf = ({ source }: { source: Source }) => source.read(0, source.sizeBytes);

let org: Awaited<ReturnType<typeof testOrganization>>;
let other: Awaited<ReturnType<typeof testOrganization>>;
let ctx: TenantContext;
let patientId: string;

const patientOf = async (place: TenantContext): Promise<string> => (await aPatient(place)).id;

function upload(content: Buffer, facts: Record<string, unknown> = {}, place = ctx) {
  const input = uploadFileInput.parse({
    patientId,
    name: 'scan.pdf',
    claimedType: 'application/pdf',
    sizeBytes: content.length,
    ...facts,
  });
  return uploadFile(place, input, chunks(content));
}

const png = (name: string) => ({ name: `${name}.png`, claimedType: 'image/png' });
const organization = async () => organizationModel.findById(objectId(org.organizationId)).orFail().lean();
const usedBytes = async () => (await organization()).usage?.storageBytes;
const holdsLeft = async () =>
  storageHoldModel.countDocuments({ organizationId: objectId(org.organizationId) });
const setUsage = async (values: Record<string, unknown>) =>
  organizationModel.updateOne({ _id: objectId(org.organizationId) }, { $set: values });
const contentOf = async (fileId: string) => (await fileStore()).get(contentKey(org.organizationId, fileId));

beforeAll(async () => {
  org = await testOrganization();
  other = await testOrganization();
  ctx = org.ctx('receptionist');
  patientId = await patientOf(ctx);
});
beforeEach(async () => {
  await fileModel({ db: org.db }).deleteMany({});
  await storageHoldModel.deleteMany({});
  await setUsage({ 'usage.storageBytes': 0, 'features.maxStorage': 1024 ** 3 });
});
afterAll(async () => {
  vi.restoreAllMocks();
  await org.dispose();
  await other.dispose();
  await closeConnections();
});

describe('a document', () => {
  it('is stored, listed, opened and deleted; the counter and the log follow', async () => {
    const file = await upload(PNG, { name: 'left eye.png', claimedType: 'image/png' });
    expect(file).toMatchObject({ name: 'left eye.png', contentType: 'image/png', sizeBytes: PNG.length });
    expect(await usedBytes()).toBe(PNG.length);
    expect(await holdsLeft()).toBe(0);
    expect(await listFiles(ctx, { kind: 'patient', id: patientId })).toEqual([file]);
    const opened = await openStoredFile(ctx, file.id);
    expect((await allOf(opened)).equals(PNG)).toBe(true);
    await deleteFile(ctx, file.id);
    expect(await usedBytes()).toBe(0);
    expect(await holdsLeft()).toBe(0);
    expect(await contentOf(file.id)).toBeNull();
    await expect(getFile(ctx, file.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const events = await auditEventModel(ctx)
      .find({ target: `file:${file.id}` })
      .sort({ seq: 1 })
      .lean();
    expect(events.map(({ action, result }) => [action, result])).toEqual([
      ['file.upload', 'ok'],
      ['file.open', 'ok'],
    ]);
    expect(events[0]?.changes).toMatchObject([{ field: 'patient', after: patientId }]);
  });

  it('is nowhere in plain: neither its content nor its name', async () => {
    const content = Buffer.concat([pdf(200), Buffer.from('canary content of a letter')]);
    const file = await upload(content, { name: 'canary name.pdf' });
    const row = await fileModel(ctx).findById(objectId(file.id)).lean();
    expect(JSON.stringify(row)).not.toContain('canary');
    const sealed = await contentOf(file.id);
    expect(sealed?.includes('canary')).toBe(false);
    // Put in the place of another, it does not open.
    const second = await upload(pdf(226), { name: 'second.pdf' });
    await (await fileStore()).put(contentKey(org.organizationId, second.id), sealed ?? Buffer.alloc(0));
    await expect(openStoredFile(ctx, second.id)).rejects.toThrow();
  });

  it('of another organization is not there', async () => {
    const file = await upload(pdf(100));
    const stranger = other.ctx('owner');
    await patientOf(stranger);
    for (const attempt of [openStoredFile, deleteFile, getFile]) {
      await expect(attempt(stranger, file.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(attempt(stranger, 'nonsense')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    await expect(upload(pdf(100), {}, stranger)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await listFiles(stranger, { kind: 'patient', id: patientId })).toEqual([]);
    expect((await openStoredFile(ctx, file.id)).source.sizeBytes).toBe(100);
  });

  it('that somebody else uploaded is kept from a colleague, not from the owner', async () => {
    const file = await upload(pdf(100));
    await expect(deleteFile(org.ctx('optometrist'), file.id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await usedBytes()).toBe(100);
    await deleteFile(org.ctx('owner'), file.id);
    expect(await usedBytes()).toBe(0);
  });

  it.each([
    ['a page in disguise', Buffer.from('<!doctype html><script>1</script>'), {}],
    ['a picture named as a PDF', PNG, {}],
    ['a PDF claimed to be a picture', pdf(50), { name: 'a.png', claimedType: 'image/png' }],
    ['less than was announced', pdf(50), { sizeBytes: 60 }],
    ['more than was announced', pdf(50), { sizeBytes: 40 }],
    ['noise', Buffer.from([255, 216, 1, 2]), {}],
  ])('is refused when it is %s, and its room is given back', async (_what, content, facts) => {
    await expect(upload(content, facts)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect(await usedBytes()).toBe(0);
    expect(await holdsLeft()).toBe(0);
    expect(await fileModel(ctx).countDocuments({})).toBe(0);
  });

  it('gives its room back when the sender goes away or the store fails', async () => {
    const input = { patientId, name: 'scan.pdf', claimedType: 'application/pdf', sizeBytes: 500 };
    const broken = async function* () {
      yield pdf(100);
      throw new Error('aborted');
    };
    await expect(uploadFile(ctx, input, broken())).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    const full = vi.spyOn(await fileStore(), 'put').mockRejectedValueOnce(new Error('disk full'));
    await expect(upload(pdf(500))).rejects.toThrow('disk full');
    full.mockRestore();
    expect(await usedBytes()).toBe(0);
    expect(await holdsLeft()).toBe(0);
  });
});

describe('a document of a device', () => {
  const size = { rows: 8, columns: 8 };
  const frames = [Buffer.alloc(64, 40), Buffer.alloc(64, 120), Buffer.alloc(64, 200)];
  const scan = { name: 'IM0001', claimedType: '', kind: 'other', takenOn: today('Asia/Kolkata') };
  const somebody = { id: 'X-1', name: 'Somebody^Else', birthDate: '1950-01-01', sex: 'M' };

  it('says what it is of, is shown picture by picture, and has a small one', async () => {
    const file = dicomFile({
      ...{ ...size, frames, laterality: 'L', modality: 'OPT', series: 'Macula Cube' },
      ...{ sopClass: SOP_CLASS.tomography, takenOn: '2025-03-04' },
    });
    const stored = await upload(file, scan);
    expect(stored).toMatchObject({
      ...{ contentType: 'application/dicom', kind: 'oct-macula', eye: 'left', takenOn: '2025-03-04' },
      ...{ frames: 3, hasThumbnail: true, unshown: null },
    });
    expect((await listFiles(ctx, { kind: 'patient', id: patientId }))[0]).toEqual(stored);
    for (const [index, shade] of [40, 120, 200].entries()) {
      const { data } = await sharp(await readFramePicture(ctx, stored.id, index))
        .raw()
        .toBuffer({ resolveWithObject: true });
      expect(Math.abs((data[0] ?? 0) - shade)).toBeLessThan(4);
    }
    await expect(readFramePicture(ctx, stored.id, 3)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await sharp(await readThumbnail(ctx, stored.id)).metadata()).format).toBe('webp');
    // Going through a series is one opening, and looking at a list is none.
    const opened = { action: 'file.open', target: `file:${stored.id}` };
    expect(await auditEventModel(ctx).countDocuments(opened)).toBe(1);
    // What was made of it is sealed like itself, is made again, and goes with it.
    const small = await contentOf(madeName(stored.id, 'small'));
    expect(small?.subarray(0, 4).toString()).toBe('CKF1');
    await (await fileStore()).delete(contentKey(org.organizationId, madeName(stored.id, 'small')));
    expect((await readThumbnail(ctx, stored.id)).length).toBeGreaterThan(0);
    await removeOrphans(org.db);
    expect(await contentOf(madeName(stored.id, 'small'))).not.toBeNull();
    await deleteFile(ctx, stored.id);
    expect(await contentOf(madeName(stored.id, 'small'))).toBeNull();
    expect(await usedBytes()).toBe(0);
    for (const read of [readThumbnail, (place: TenantContext, id: string) => readFramePicture(place, id, 0)])
      await expect(read(other.ctx('owner'), stored.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('says how large what it shows is, where the device does', async () => {
    const spacing: Element = [0x00280030, 'DS', '0.01\\0.02'];
    const shared: Element = [0x52009229, 'SQ', [[[0x00289110, 'SQ', [[spacing]]]]]];
    for (const measured of [[spacing], [shared]])
      expect(await upload(dicomFile({ ...size, frames, measured }), scan)).toMatchObject({
        scale: { widthMm: size.columns * 0.02, heightMm: size.rows * 0.01 },
      });
    for (const wrong of ['0.01', '0\\0', 'a\\b', '99\\99'])
      expect(
        await upload(dicomFile({ ...size, frames, measured: [[0x00280030, 'DS', wrong]] }), scan),
      ).toMatchObject({ scale: null, frames: 3 });
  });

  it('that names somebody else is stored when a person says so, and the log has it', async () => {
    const file = dicomFile({ ...size, frames, patient: somebody });
    await expect(upload(file, scan)).rejects.toMatchObject({
      ...{ code: 'CONFLICT', field: 'isConfirmed', message: expect.stringContaining('Else') },
    });
    expect(await fileModel(ctx).countDocuments({})).toBe(0);
    expect(await usedBytes()).toBe(0);
    const stored = await upload(file, { ...scan, isConfirmed: 'yes' });
    const event = await auditEventModel(ctx)
      .findOne({ action: 'file.upload', target: `file:${stored.id}` })
      .orFail()
      .lean();
    const confirmed = event.changes?.find(({ field }) => field === 'confirmed');
    expect(confirmed?.after).toMatch(/^name, number, dateOfBirth/);
    expect(JSON.stringify(event)).not.toContain('Somebody');
  });

  it('that we cannot draw says so, and is given back as it came', async () => {
    const file = dicomFile({ ...size, frames, syntax: SYNTAX.video });
    const stored = await upload(file, scan);
    expect(stored).toMatchObject({
      frames: 0,
      hasThumbnail: false,
      unshown: expect.stringContaining('cannot'),
    });
    expect((await allOf(await openStoredFile(ctx, stored.id))).equals(file)).toBe(true);
  });

  it('that holds a PDF shows the PDF', async () => {
    const paper = await page();
    const stored = await upload(dicomFile({ pdf: paper, modality: 'OPV' }), scan);
    expect(stored).toMatchObject({ kind: 'field', hasPaper: true, hasThumbnail: true });
    const shown = await openShown(ctx, stored.id);
    expect(shown.file.contentType).toBe('application/pdf');
    // An odd length is made even where it lies.
    expect((await allOf(shown)).subarray(0, paper.length).equals(paper)).toBe(true);
    const { id } = await upload(PNG, { name: 'a.png', claimedType: 'image/png' });
    await expect(openShown(ctx, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

it('a PDF has its first page in the list, made again when it is missing; one that cannot be read has none', async () => {
  const stored = await upload(await page());
  expect(stored).toMatchObject({ hasThumbnail: true, frames: 0 });
  const first = await readThumbnail(ctx, stored.id);
  expect((await sharp(first).metadata()).width).toBe(192);
  await (await fileStore()).delete(contentKey(org.organizationId, madeName(stored.id, 'small')));
  expect((await readThumbnail(ctx, stored.id)).equals(first)).toBe(true);
  expect(await upload(pdf(300))).toMatchObject({ hasThumbnail: false, hasPaper: true });
});

describe('a film', () => {
  const film = Buffer.concat([
    Buffer.from('\0\0\0\x18ftypisom\0\0\0\0isommp42', 'latin1'),
    Buffer.alloc(5_000),
  ]);
  const send = async (still?: Buffer) => {
    const facts = { patientId, name: 'eye.mp4', claimedType: 'video/mp4', sizeBytes: film.length };
    const { uploadId } = await beginUpload(
      ctx,
      beginUploadInput.parse({ ...facts, mark: `${still?.length}` }),
    );
    await putPart(ctx, uploadId, 0, chunks(film));
    return finishUpload(ctx, uploadId, { still });
  };

  it('has the picture that came with it, drawn anew, and goes with all of its parts', async () => {
    const red = { create: { width: 300, height: 200, channels: 3 as const, background: '#c81e1e' } };
    const stored = await send(await sharp(red).jpeg().toBuffer());
    expect(stored).toMatchObject({ contentType: 'video/mp4', hasThumbnail: true, frames: 0 });
    const small = await sharp(await readThumbnail(ctx, stored.id)).metadata();
    expect(small).toMatchObject({ format: 'webp', width: 192, height: 192 });
    await deleteFile(ctx, stored.id);
    expect(await (await fileStore()).list(org.organizationId)).not.toContainEqual(
      expect.stringContaining(stored.id),
    );
  });

  it('has none where nothing came, or what came is no picture', async () => {
    const drawing = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
    for (const still of [undefined, Buffer.alloc(0), Buffer.from([0xff, 0xd8, 0xff, 0]), drawing]) {
      const stored = await send(still);
      expect(stored.hasThumbnail).toBe(false);
      await expect(readThumbnail(ctx, stored.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await deleteFile(ctx, stored.id);
    }
  });
});

describe('a document that comes in parts', () => {
  /** A PDF whose bytes differ from place to place. */
  const large = (sizeBytes: number) =>
    Buffer.concat([Buffer.from('%PDF-1.7\n%%EOF\n'), Buffer.from(Array.from({ length: 256 }, (_, at) => at))])
      .subarray(0, 271)
      .toString('latin1')
      .repeat(Math.ceil(sizeBytes / 271))
      .slice(0, sizeBytes);
  const begin = (sizeBytes: number, place = ctx, facts: Record<string, unknown> = {}) =>
    beginUpload(
      place,
      beginUploadInput.parse({
        ...{ patientId, name: 'long.pdf', claimedType: 'application/pdf', sizeBytes, mark: `m${sizeBytes}` },
        ...facts,
      }),
    );
  const send = (uploadId: string, content: Buffer, part: number, place = ctx) =>
    putPart(
      place,
      uploadId,
      part,
      chunks(content.subarray(part * PART_BYTES, (part + 1) * PART_BYTES), 500_000),
    );

  it('keeps what arrived whole, and nothing of a part that was cut', async () => {
    const content = Buffer.from(large(2 * PART_BYTES + 77), 'latin1');
    const begun = await begin(content.length);
    expect(begun).toMatchObject({ partBytes: PART_BYTES, parts: [] });
    expect(await usedBytes()).toBe(content.length);
    await send(begun.uploadId, content, 2);
    // The connection is cut in the middle of a part: nothing of it counts.
    const cut = async function* () {
      yield content.subarray(0, 100);
      throw new Error('aborted');
    };
    await expect(putPart(ctx, begun.uploadId, 0, cut())).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect((await begin(content.length)).parts).toEqual([2]);
    await abandonUpload(ctx, begun.uploadId);
    expect(await usedBytes()).toBe(0);
  });

  it('of 200 MiB comes and goes with the memory of a few parts', { timeout: 60_000 }, async () => {
    const parts = partsOf(FILE_MAX_BYTES);
    const partOf = (part: number) => {
      const content = Buffer.alloc(PART_BYTES, part + 1);
      if (part === 0) pdf(20).copy(content);
      return content;
    };
    const sent = createHash('sha256');
    const { uploadId } = await begin(FILE_MAX_BYTES, ctx, { mark: 'largest' });
    const held = () => process.memoryUsage().arrayBuffers;
    const before = held();
    let peak = 0;
    const watch = setInterval(() => {
      peak = Math.max(peak, held() - before);
    }, 5);
    try {
      for (let part = 0; part < parts; part++) {
        const content = partOf(part);
        sent.update(content);
        await putPart(ctx, uploadId, part, chunks(content, 500_000));
        peak = Math.max(peak, held() - before);
      }
      const file = await finishUpload(ctx, uploadId);
      expect(file.sizeBytes).toBe(FILE_MAX_BYTES);
      const { source } = await openStoredFile(ctx, file.id);
      const back = createHash('sha256');
      for await (const piece of piecesOf(source, 1_000_000)) {
        back.update(piece);
        peak = Math.max(peak, held() - before);
      }
      expect(back.digest('hex')).toBe(sent.digest('hex'));
      await deleteFile(ctx, file.id);
    } finally {
      clearInterval(watch);
    }
    expect(peak).toBeGreaterThan(PART_BYTES);
    expect(peak).toBeLessThan(FILE_MAX_BYTES / 2);
    expect(await usedBytes()).toBe(0);
  });

  it('is refused while a part is missing, and gives its room back', async () => {
    const content = Buffer.from(large(PART_BYTES + 5), 'latin1');
    const { uploadId } = await begin(content.length);
    await send(uploadId, content, 0);
    await expect(finishUpload(ctx, uploadId)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect(await usedBytes()).toBe(0);
    expect(await holdsLeft()).toBe(0);
  });

  it('is chosen once more and goes on; read back it is byte for byte the same', async () => {
    const content = Buffer.from(large(2 * PART_BYTES + 77), 'latin1');
    const { uploadId } = await begin(content.length, ctx, { mark: 'again' });
    await send(uploadId, content, 2);
    await send(uploadId, content, 0);
    expect(await begin(content.length, ctx, { mark: 'again' })).toMatchObject({ uploadId, parts: [0, 2] });
    // Nobody else's, also for those who know its number.
    for (const stranger of [org.ctx('doctor'), other.ctx('owner')])
      await expect(send(uploadId, content, 1, stranger)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await send(uploadId, content, 1);
    await send(uploadId, content, 1);
    const put = vi.spyOn(await fileStore(), 'get');
    const file = await finishUpload(ctx, uploadId);
    const largest = await Promise.all(put.mock.results.map(({ value }) => value as Promise<Buffer | null>));
    expect(Math.max(...largest.map((one) => one?.length ?? 0))).toBeLessThanOrEqual(PART_BYTES + 36);
    put.mockRestore();
    expect(file).toMatchObject({ id: uploadId, name: 'long.pdf', sizeBytes: content.length });
    // The answer was lost: asked once more it is the same document.
    expect(await finishUpload(ctx, uploadId)).toEqual(file);
    expect(await usedBytes()).toBe(content.length);
    expect(await holdsLeft()).toBe(0);
    expect(await uploadModel(ctx).countDocuments({})).toBe(0);
    const { source } = await openStoredFile(ctx, file.id);
    expect((await source.read(0, content.length)).equals(content)).toBe(true);
    const across = await source.read(PART_BYTES - 10, 20);
    expect(across.equals(content.subarray(PART_BYTES - 10, PART_BYTES + 10))).toBe(true);
    const names = contentNames({ id: file.id, sizeBytes: file.sizeBytes, isInParts: true });
    expect(names).toHaveLength(3);
    for (const name of names) expect((await contentOf(name))?.subarray(0, 4).toString()).toBe('CKF1');
    // A part in the place of another one does not open.
    const [first = '', second = ''] = names;
    const moved = (await contentOf(first)) ?? Buffer.alloc(0);
    await (await fileStore()).put(contentKey(org.organizationId, second), moved);
    const swapped = await openStoredFile(ctx, file.id);
    await expect(swapped.source.read(PART_BYTES, 10)).rejects.toThrow();
    await deleteFile(ctx, file.id);
    for (const name of names) expect(await contentOf(name)).toBeNull();
    expect(await usedBytes()).toBe(0);
  });

  it('waits with its parts for the answer to what is asked about it', async () => {
    const frame = Buffer.alloc(2048 * 2100, 90);
    const content = dicomFile({ rows: 2048, columns: 2100, frames: [frame], patient: { name: 'Some^Body' } });
    const { uploadId } = await begin(content.length, ctx, { name: 'IM1', claimedType: '' });
    await send(uploadId, content, 0);
    await send(uploadId, content, 1);
    await expect(finishUpload(ctx, uploadId)).rejects.toMatchObject({ field: 'isConfirmed' });
    const file = await finishUpload(ctx, uploadId, { isConfirmed: true });
    expect(file).toMatchObject({ contentType: 'application/dicom', frames: 1, hasThumbnail: true });
    expect((await sharp(await readFramePicture(ctx, file.id, 0)).metadata()).width).toBe(2100);
  });

  it('that is left is over, with its parts and its room', async () => {
    const content = Buffer.from(large(PART_BYTES + 5), 'latin1');
    const { uploadId } = await begin(content.length, ctx, { mark: 'left' });
    await send(uploadId, content, 0);
    const nextDay = new Date(Date.now() + 25 * 60 * 60_000);
    expect(await settleHolds(org.db, new Date(Date.now() + 60 * 60_000))).toBe(0);
    expect(await settleHolds(org.db, nextDay)).toBe(1);
    expect(await usedBytes()).toBe(0);
    expect(await contentOf(`${uploadId}p0`)).toBeNull();
    await expect(send(uploadId, content, 1)).rejects.toMatchObject({ code: 'CONFLICT' });
    const anew = await begin(content.length, ctx, { mark: 'left' });
    expect(anew.uploadId).not.toBe(uploadId);
    await abandonUpload(ctx, anew.uploadId);
    expect(await usedBytes()).toBe(0);
  });

  it('is found by an index when it is chosen once more', async () => {
    const plan = await uploadModel(ctx).find({ uploadedById: 'u', mark: 'm' }).explain('queryPlanner');
    expect(JSON.stringify(plan)).not.toContain('COLLSCAN');
  });
});

describe('a picture that browsers do not show', () => {
  const red = { create: { width: 20, height: 10, channels: 3 as const, background: '#c81e1e' } };
  it('is kept as it came and shown as one that they do', async () => {
    const tiff = await sharp(red).tiff().toBuffer();
    const stored = await upload(tiff, { name: 'scan.tif', claimedType: 'image/tiff' });
    expect(stored).toMatchObject({ contentType: 'image/tiff', frames: 1, hasThumbnail: true });
    const { data, info } = await sharp(await readFramePicture(ctx, stored.id, 0))
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([20, 10]);
    expect(Math.abs((data[0] ?? 0) - 0xc8)).toBeLessThan(6);
    expect((await allOf(await openStoredFile(ctx, stored.id))).equals(tiff)).toBe(true);
  });
});

describe('what a document is of', () => {
  it('is said with the upload, changed afterwards, and taken back', async () => {
    const { id } = await upload(pdf(100), { kind: 'field', eye: 'left', takenOn: '2026-01-02' });
    const before = await getFile(ctx, id);
    expect(before).toMatchObject({ kind: 'field', eye: 'left', takenOn: '2026-01-02', orderedAs: null });
    const said = { fileId: id, kind: 'oct-disc' as const, eye: undefined, takenOn: undefined };
    const after = await describeFile(ctx, { ...said, version: before.version, orderedAs: 'OCT, both eyes' });
    expect(after).toMatchObject({ kind: 'oct-disc', eye: null, takenOn: null, orderedAs: 'OCT, both eyes' });
    await expect(
      describeFile(ctx, { ...said, version: before.version, orderedAs: undefined }),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await getFile(ctx, id)).toMatchObject({ orderedAs: 'OCT, both eyes' });
  });

  it('is "other" for those of before, which stay as they are', async () => {
    const { id } = await upload(PNG, { name: 'a.png', claimedType: 'image/png' });
    await fileModel(ctx).updateOne({ _id: objectId(id) }, { $unset: { kind: 1 } });
    expect(await getFile(ctx, id)).toMatchObject({ kind: 'other', eye: null, takenOn: null, visitId: null });
    expect((await allOf(await openStoredFile(ctx, id))).equals(PNG)).toBe(true);
  });

  it('is nobody else’s to say', async () => {
    const { id } = await upload(pdf(100));
    const said = {
      fileId: id,
      kind: 'field' as const,
      eye: undefined,
      takenOn: undefined,
      orderedAs: undefined,
    };
    await expect(describeFile(other.ctx(), said)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('the photo of a patient', () => {
  const portrait = (facts: Record<string, unknown> = {}) =>
    upload(PNG, { name: 'photo.png', claimedType: 'image/png', as: 'portrait', ...facts });

  it('stands for itself: the one before it goes, its room is given back, and no document shows it', async () => {
    expect(await findPortrait(ctx, patientId)).toBeNull();
    const first = await portrait();
    const second = await portrait();
    expect((await findPortrait(ctx, patientId))?.id).toBe(second.id);
    expect(await contentOf(first.id)).toBeNull();
    expect(await usedBytes()).toBe(PNG.length);
    expect(await listFiles(ctx, { kind: 'patient', id: patientId })).toEqual([]);
    expect((await allOf(await readPortrait(ctx, patientId))).equals(PNG)).toBe(true);
    await deleteFile(ctx, second.id);
    await expect(readPortrait(ctx, patientId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is made of what a phone takes: a square that every browser shows', async () => {
    const photo = { name: 'IMG_1.HEIC', claimedType: 'image/heic', as: 'portrait' };
    const stored = await upload(HEIC, photo);
    expect(stored).toMatchObject({ name: 'photo.jpg', contentType: 'image/jpeg' });
    const shown = await sharp(await allOf(await readPortrait(ctx, patientId))).metadata();
    expect([shown.format, shown.width === shown.height]).toEqual(['jpeg', true]);
    expect(await usedBytes()).toBe(stored.sizeBytes);
    await deleteFile(ctx, stored.id);
    // What only says that it is one is none, and a document stays as it came.
    await expect(upload(HEIC.subarray(0, 300), photo)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(upload(pdf(50), photo)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    const document = await upload(HEIC, { ...photo, as: undefined });
    expect(document).toMatchObject({ contentType: 'image/heic', sizeBytes: HEIC.length });
    await deleteFile(ctx, document.id);
    expect(await usedBytes()).toBe(0);
  });

  it('is an image, and small', async () => {
    await expect(upload(pdf(50), { as: 'portrait' })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(portrait({ sizeBytes: 600 * KIB })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect(await usedBytes()).toBe(0);
    expect(await holdsLeft()).toBe(0);
  });

  it('is seen in no other organization', async () => {
    await portrait();
    expect(await findPortrait(other.ctx(), patientId)).toBeNull();
  });
});

describe('the limit', () => {
  it('says how full it is and what an upgrade brings', async () => {
    await setUsage({ 'features.maxStorage': 10 * KIB, 'usage.storageBytes': 9 * KIB });
    await expect(upload(pdf(2 * KIB))).rejects.toMatchObject({
      code: 'LIMIT_REACHED',
      message: expect.stringMatching(
        /needs 2 KiB, and 1 KiB of your 10 KiB are left\. Professional brings 10 GiB/,
      ),
    });
    expect(await usedBytes()).toBe(9 * KIB);
    await upload(pdf(KIB));
    expect(await usedBytes()).toBe(10 * KIB);
  });

  it('is not there for an organization without one', async () => {
    await setUsage({ 'features.maxStorage': null, 'usage.storageBytes': 2 ** 50 });
    await upload(pdf(KIB));
    expect(await usedBytes()).toBe(2 ** 50 + KIB);
  });

  it(
    `holds for 20 simultaneous uploads, ${ROUNDS} rounds: as many as fit, never one more`,
    async () => {
      for (let round = 0; round < ROUNDS; round++) {
        const room = 1 + (round % 7);
        await fileModel(ctx).deleteMany({});
        await setUsage({ 'usage.storageBytes': 0, 'features.maxStorage': room * KIB + (round % KIB) });
        const results = await Promise.allSettled(
          Array.from({ length: 20 }, (_, index) => upload(pdf(KIB), { name: `${index}.pdf` })),
        );
        const refused = results.filter((one) => one.status === 'rejected');
        expect(refused.map(({ reason }) => reason.code)).toEqual(Array(20 - room).fill('LIMIT_REACHED'));
        expect(await fileModel(ctx).countDocuments({})).toBe(room);
        expect(await usedBytes()).toBe(room * KIB);
        expect(await holdsLeft()).toBe(0);
        expect(await recountStorage(org.db)).toEqual({ countedBytes: room * KIB, driftBytes: 0, settled: 0 });
      }
    },
    30_000 + ROUNDS * 5_000,
  );

  it('counts uploads and deletions that happen at once, two deletions of the same file as one', async () => {
    const files = await Promise.all(Array.from({ length: 4 }, () => upload(pdf(KIB))));
    const deletions = files.slice(0, 2).flatMap(({ id }) => [deleteFile(ctx, id), deleteFile(ctx, id)]);
    const [recount] = await Promise.all([
      recountStorage(org.db),
      Promise.allSettled(deletions),
      ...Array.from({ length: 3 }, () => upload(pdf(KIB))),
    ]);
    expect(recount.driftBytes).toBe(0);
    expect(await fileModel(ctx).countDocuments({})).toBe(5);
    expect(await usedBytes()).toBe(5 * KIB);
    expect(await holdsLeft()).toBe(0);
  });
});

describe('after a crash', () => {
  const later = () => new Date(Date.now() + HOLD_MS + 1_000);

  it('before the file was written: its room and its bytes are given back when the hold is over, not before', async () => {
    const hold = await reserveStorage(org.organizationId, 700);
    await (await fileStore()).put(contentKey(org.organizationId, hold.fileId), Buffer.from('sealed'));
    expect(await recountStorage(org.db)).toEqual({ countedBytes: 700, driftBytes: 0, settled: 0 });
    expect(await recountStorage(org.db, later())).toEqual({ countedBytes: 0, driftBytes: 0, settled: 1 });
    expect(await usedBytes()).toBe(0);
    expect(await contentOf(hold.fileId)).toBeNull();
  });

  it('after the file was written: the file stays and is counted once', async () => {
    const lost = vi.spyOn(storageHoldModel, 'deleteOne').mockRejectedValueOnce(new Error('killed'));
    const file = await upload(pdf(300));
    lost.mockRestore();
    expect(await holdsLeft()).toBe(1);
    expect(await recountStorage(org.db)).toEqual({ countedBytes: 300, driftBytes: 0, settled: 0 });
    expect(await settleHolds(org.db, later())).toBe(1);
    expect(await usedBytes()).toBe(300);
    expect(await allOf(await openStoredFile(ctx, file.id))).toHaveLength(300);
  });

  it('at the end of a removal whose answer was lost: the rows say that they are gone, or not', async () => {
    const [gone, stays] = [await upload(PNG, png('gone')), await upload(PNG, png('stays'))];
    const held = await holdFiles(ctx, [gone, stays]);
    await fileModel(ctx).deleteOne({ _id: objectId(gone.id) });
    await endRemoval(ctx, held);
    expect(await usedBytes()).toBe(PNG.length);
    expect(await holdsLeft()).toBe(0);
    expect(await contentOf(gone.id)).toBeNull();
    expect(await contentOf(stays.id)).not.toBeNull();
  });

  it('in the middle of a deletion: it is finished', async () => {
    const file = await upload(pdf(300));
    const stuck = vi.spyOn(await fileStore(), 'delete').mockRejectedValueOnce(new Error('killed'));
    await expect(deleteFile(ctx, file.id)).rejects.toThrow('killed');
    stuck.mockRestore();
    expect(await usedBytes()).toBe(300);
    expect(await recountStorage(org.db, later())).toEqual({ countedBytes: 0, driftBytes: 0, settled: 1 });
    expect(await contentOf(file.id)).toBeNull();
  });

  it('an upload that comes back after its hold was given up writes nothing', async () => {
    const content = pdf(400);
    const slow = async function* () {
      yield content.subarray(0, 100);
      await settleHolds(org.db, later());
      yield content.subarray(100);
    };
    const input = { patientId, name: 'scan.pdf', claimedType: 'application/pdf', sizeBytes: 400 };
    await expect(uploadFile(ctx, input, slow())).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await fileModel(ctx).countDocuments({})).toBe(0);
    expect(await usedBytes()).toBe(0);
  });
});

it('the nightly recount corrects a counter that is wrong and tells the company', async () => {
  await upload(pdf(KIB));
  await setUsage({ 'usage.storageBytes': 5 * KIB });
  await recountAllStorage();
  expect(await usedBytes()).toBe(KIB);
  const told = { action: 'storage.correct', organizationId: org.organizationId };
  expect(await platformAuditModel.countDocuments(told)).toBe(1);
  await recountAllStorage();
  expect(await platformAuditModel.countDocuments(told)).toBe(1);
});

it('finds documents and holds by an index', async () => {
  const plans = [
    await fileModel(ctx)
      .find({ 'subject.kind': 'patient', 'subject.id': patientId })
      .sort({ createdAt: -1, _id: -1 })
      .explain('queryPlanner'),
    await storageHoldModel.find({ organizationId: objectId(org.organizationId) }).explain('queryPlanner'),
  ].map((plan) => JSON.stringify(plan));
  for (const plan of plans) {
    expect(plan).toContain('IXSCAN');
    expect(plan).not.toContain('COLLSCAN');
    expect(plan).not.toContain('"SORT"');
  }
});
