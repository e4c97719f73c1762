import { describe, expect, it } from 'vitest';
import {
  canDeleteFile,
  counterpartOf,
  type DocumentEye,
  type DocumentKind,
  judgeFile,
  lengthBetween,
} from './policy';
import { storageFullSentence } from './room';
import { describeFileInput, uploadFileInput } from './schema';

const GIB = 1024 ** 3;
const judge = (name: string, claimedType: string, foundType: string | undefined) =>
  judgeFile({ name, claimedType, foundType });

describe('a file', () => {
  it.each([
    ['scan.pdf', 'application/pdf', 'application/pdf'],
    ['eye.JPG', 'image/jpg', 'image/jpeg'],
    ['oct.dcm', '', 'application/dicom'],
    ['oct.dcm', 'application/octet-stream', 'application/dicom'],
    ['eye.webp', 'image/webp; charset=x', 'image/webp'],
    ['IM000001', '', 'application/dicom'],
    ['1.2.840.113619.2', 'application/octet-stream', 'application/dicom'],
    ['phone.HEIC', 'image/heif', 'image/heic'],
    ['slit.bmp', 'image/x-ms-bmp', 'image/bmp'],
    ['operation.mp4', 'video/mp4', 'video/mp4'],
  ])('%s, claimed as %s with content %s, may be kept', (name, claimed, found) => {
    expect(judge(name, claimed, found)).toEqual({ type: found });
  });

  it.each([
    ['page.html', 'text/html', undefined],
    ['tool.exe', 'application/octet-stream', 'application/x-msdownload'],
    ['drawing.svg', 'image/svg+xml', 'application/xml'],
    ['letter.docx', '', 'application/zip'],
    ['x.pdf', 'application/pdf', 'constructor'],
  ])('%s, claimed as %s with content %s, may not, and it says what may', (name, claimed, found) => {
    expect(judge(name, claimed, found)).toEqual({
      problem: expect.stringContaining('A document can be a PDF'),
    });
  });

  it.each([
    ['scan.pdf', 'application/pdf', 'image/png'],
    ['scan.pdf', 'image/png', 'application/pdf'],
    ['scan.html', 'image/png', 'image/png'],
    ['scan', 'image/png', 'image/png'],
    ['scan.pdf', '', 'application/dicom'],
  ])('%s, claimed as %s, is not a %s in disguise', (name, claimed, found) => {
    expect(judge(name, claimed, found)).toEqual({
      problem: expect.stringContaining('is not what its name says'),
    });
  });

  it('is deleted by who leads, who examines or who uploaded it', () => {
    const file = { uploadedById: 'u1' };
    expect(canDeleteFile({ mayDeleteAny: true, userId: 'u2' }, file)).toBe(true);
    expect(canDeleteFile({ mayDeleteAny: false, userId: 'u1' }, file)).toBe(true);
    expect(canDeleteFile({ mayDeleteAny: false, userId: 'u2' }, file)).toBe(false);
    expect(canDeleteFile({ mayDeleteAny: false, userId: 'u2' }, file)).toBe(false);
  });
});

describe('what is sent with a file', () => {
  const input = {
    patientId: 'a'.repeat(24),
    name: 'scan.pdf',
    claimedType: 'application/pdf',
    sizeBytes: '10',
  };
  it('loses the folders of its name', () => {
    expect(uploadFileInput.parse({ ...input, name: 'C:\\Users\\x\\ scan.pdf ' }).name).toBe('scan.pdf');
    expect(uploadFileInput.parse({ ...input, name: '../../etc/scan.pdf' }).name).toBe('scan.pdf');
    expect(uploadFileInput.parse({ ...input, name: 'स्कैन.pdf' }).name).toBe('स्कैन.pdf');
  });

  it.each([
    { name: '' },
    { name: 'a/' },
    { name: 'x'.repeat(151) },
    { name: 'scan\u202efdp.exe' },
    { name: 'a\r\nset-cookie: b.pdf' },
    { sizeBytes: '0' },
    { sizeBytes: '' },
    { sizeBytes: '1.5' },
    { sizeBytes: '-1' },
    { sizeBytes: '1e309' },
    { sizeBytes: String(20 * 1024 ** 2 + 1) },
    { patientId: '{"$ne":null}' },
  ])('is refused: %j', (wrong) => {
    expect(uploadFileInput.safeParse({ ...input, ...wrong }).success).toBe(false);
  });
});

describe('what an image is laid beside', () => {
  const image = (id: string, kind: DocumentKind, eye: DocumentEye | null, day: string) => ({
    ...{ id, kind, eye, day },
    frames: 1,
  });
  const now = image('now', 'fundus', 'left', '2026-11-29');
  const then = image('then', 'fundus', 'left', '2026-01-02');
  const other = image('other', 'fundus', 'right', '2026-11-29');
  it.each([
    [
      'the last one of the same eye before it',
      [now, image('old', 'fundus', 'left', '2020-01-01'), then, other],
      'then',
    ],
    [
      'the other eye where there is none before',
      [now, other, image('far', 'fundus', 'right', '2020-01-01')],
      'other',
    ],
    ['nothing of another kind', [now, image('oct', 'oct-disc', 'left', '2026-01-01')], undefined],
    ['nothing later of the same eye', [now, image('later', 'fundus', 'left', '2026-12-01')], undefined],
    ['nothing without pictures', [now, { ...then, frames: 0 }], undefined],
  ])('is %s', (_what, all, id) => {
    expect(counterpartOf(now, all)?.id).toBe(id);
  });
});

describe('what is said of a document', () => {
  const said = { fileId: 'a'.repeat(24), version: 'v'.repeat(22), kind: 'oct-macula' };
  it('may leave out the eye, the day and the order', () => {
    const parsed = describeFileInput.parse({ ...said, eye: '', takenOn: '', orderedAs: ' ' });
    expect(parsed).toMatchObject({ kind: 'oct-macula' });
    expect([parsed.eye, parsed.takenOn, parsed.orderedAs]).toEqual([undefined, undefined, undefined]);
  });

  it.each([
    { kind: 'selfie' },
    { kind: '' },
    { eye: 'third' },
    { takenOn: '2026-02-30' },
    { takenOn: '2099-01-01' },
    { orderedAs: 'x'.repeat(201) },
    { fileId: '{"$ne":null}' },
    { version: '' },
  ])('is refused: %j', (wrong) => {
    expect(describeFileInput.safeParse({ ...said, ...wrong }).success).toBe(false);
  });
});

it('says what an upgrade brings where the storage is full', () => {
  expect(storageFullSentence(GIB, GIB - 1024, 2048)).toBe(
    'There is no room for this file: it needs 2 KiB, and 1 KiB of your 1 GiB are left. Professional brings 10 GiB; the owner of your organization can upgrade under Billing. Deleting documents makes room too.',
  );
  expect(storageFullSentence(10 * GIB, 11 * GIB, 1)).toContain(
    '0 B of your 10 GiB are left. Enterprise brings',
  );
});

it('reads a length off a picture, whose pixels need not be square', () => {
  const scale = { widthMm: 6, heightMm: 2 };
  const from = { x: 0, y: 0 };
  expect(lengthBetween(scale, from, { x: 0.5, y: 0 })).toBe('3.00 mm');
  expect(lengthBetween(scale, from, { x: 0, y: 0.17 })).toBe('340 µm');
  expect(lengthBetween(scale, from, { x: 0.5, y: 1 })).toBe('3.61 mm');
  expect(lengthBetween(scale, { x: 0.5, y: 1 }, from)).toBe('3.61 mm');
});
