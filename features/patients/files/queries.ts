import 'server-only';
import { LRUCache } from 'lru-cache';
import { recordAudit } from '@/lib/audit/record';
import { withFieldCipher } from '@/lib/crypto/field-cipher';
import { notFoundError } from '@/lib/errors';
import { objectId, op } from '@/lib/mongo';
import type { DicomHeader } from '@/lib/pictures/dicom';
import { readDicomHeader } from '@/lib/pictures/thread';
import { partOf, type Source } from '@/lib/source';
import type { TenantContext } from '@/lib/tenancy/context';
import { type StoredFile, toFile } from './dto';
import { drawFrame, drawSmallOf, HEAD_BYTES, type Look } from './look';
import { fileModel } from './model';
import { FILES_PER_SUBJECT, isWebImage } from './policy';
import type { Subject } from './schema';
import { readMade, storedSource } from './stored';

/** Of more sales than one register has rows. */
const MOST_PAPERS = 10_000;

/** The documents of a subject, newest first: all of them, their number is bounded. */
export async function listFiles(ctx: TenantContext, subject: Subject): Promise<StoredFile[]> {
  const rows = await fileModel(ctx)
    .find({ 'subject.kind': subject.kind, 'subject.id': subject.id })
    .select('-look.layout -look.pieces')
    .sort({ createdAt: -1, _id: -1 })
    .limit(FILES_PER_SUBJECT)
    .lean();
  return withFieldCipher(ctx.organizationId, (cipher) => rows.map((row) => toFile(row, cipher)));
}

/** What a paper is found with: a payer's case, or a sale. */
export const caseOf = ({ kind, id }: Pick<Subject, 'kind' | 'id'>): string | null =>
  kind === 'claim' || kind === 'sale' ? id : null;

/** The find behind the papers of some sales. */
export const findSalePapers = (ctx: TenantContext, keys: readonly string[]) =>
  fileModel(ctx)
    .find({ 'subject.kind': 'sale', 'subject.id': op({ $in: [...keys] }) })
    .select('subject.id')
    .limit(MOST_PAPERS);

/** The ids of the papers that are kept with sales, by the key of each. */
export async function salePapers(
  ctx: TenantContext,
  keys: readonly string[],
): Promise<Map<string, string[]>> {
  if (keys.length === 0) return new Map();
  const rows = await findSalePapers(ctx, keys).lean();
  const papers = new Map<string, string[]>();
  for (const { _id, subject } of rows)
    papers.set(subject.id, [...(papers.get(subject.id) ?? []), _id.toString()]);
  return papers;
}

/** A document with what only the server needs: its hash, and what was found in it. */
type Kept = { file: StoredFile; sha256: string; partBytes: number | null; look: Look | null };

/** A paper is found with its case or its sale alone: who reads documents need not read those. */
async function getKept(ctx: TenantContext, fileId: string, caseId: string | null = null): Promise<Kept> {
  const row = await fileModel(ctx).findById(objectId(fileId, 'document')).lean();
  if (!row || caseOf(row.subject) !== caseId) throw notFoundError('document');
  const file = await withFieldCipher(ctx.organizationId, (cipher) => toFile(row, cipher));
  const { sha256, partBytes = null } = row;
  return { file, sha256, partBytes: partBytes ?? null, look: (row.look as Look | undefined) ?? null };
}

/** @throws AppError NOT_FOUND for a malformed, a missing and a foreign id alike. */
export async function getFile(
  ctx: TenantContext,
  fileId: string,
  caseId: string | null = null,
): Promise<StoredFile> {
  return (await getKept(ctx, fileId, caseId)).file;
}

/** Which file is the photo of a patient; null where there is none. */
export async function findPortrait(ctx: TenantContext, patientId: string): Promise<StoredFile | null> {
  const [portrait] = await listFiles(ctx, { kind: 'portrait', id: patientId });
  return portrait ?? null;
}

/**
 * The photo that stands in a patient's banner. No event of its own: that the page was opened is one.
 * @throws AppError NOT_FOUND, UNAVAILABLE.
 */
export async function readPortrait(ctx: TenantContext, patientId: string) {
  const portrait = await findPortrait(ctx, objectId(patientId, 'patient').toString());
  if (!portrait) throw notFoundError('photo');
  return sourceOf(ctx, await getKept(ctx, portrait.id));
}

/**
 * The content of a file, for somebody who opens it: an event of the audit log.
 * @param isMore further pieces of what was opened a moment ago are no event of their own
 * @throws AppError NOT_FOUND; reading it UNAVAILABLE.
 */
export async function openStoredFile(
  ctx: TenantContext,
  fileId: string,
  { isMore = false, caseId = null }: { isMore?: boolean; caseId?: string | null } = {},
): Promise<{ file: StoredFile; source: Source }> {
  const kept = await getKept(ctx, fileId, caseId);
  const opened = sourceOf(ctx, kept);
  // So that what is lost is said before anything is sent.
  await opened.source.read(0, 1);
  await noteOpening(ctx, kept.file, isMore);
  return opened;
}

/**
 * What a browser shows in the page: a PDF, also one within a DICOM file, or a film. An opening like others.
 * @throws AppError NOT_FOUND for what is neither.
 */
export async function openShown(ctx: TenantContext, fileId: string, options: { isMore?: boolean } = {}) {
  const kept = await getKept(ctx, fileId);
  const { contentType, name } = kept.file;
  const { paper } = kept.look ?? {};
  const isShown = contentType === 'application/pdf' || contentType === 'video/mp4';
  if (!isShown && !paper) throw notFoundError('document');
  const { file, source } = await openStoredFile(ctx, fileId, options);
  if (!paper) return { file: { name, contentType: file.contentType as string }, source };
  return {
    file: { name: `${name}.pdf`, contentType: 'application/pdf' },
    source: partOf(source, paper.at, paper.bytes),
  };
}

/**
 * One picture of a file that browsers do not show by themselves, as a JPEG. The first is an opening.
 * @throws AppError NOT_FOUND where it has none there.
 */
export async function readFramePicture(ctx: TenantContext, fileId: string, frame: number): Promise<Buffer> {
  const kept = await getKept(ctx, fileId);
  const { file, look } = kept;
  if (!look || isWebImage(file.contentType) || !(frame < look.frames)) throw notFoundError('picture');
  const { source } = sourceOf(ctx, kept);
  const draw = () => drawFrame(source, { type: file.contentType, look }, frame);
  const isFirstConverted = frame === 0 && file.contentType !== 'application/dicom';
  const picture = isFirstConverted ? await readMade(ctx.organizationId, file.id, 'web', draw) : await draw();
  if (!picture) throw notFoundError('picture');
  await noteOpening(ctx, file, true);
  return Buffer.from(picture);
}

/**
 * What a device has measured, out of a DICOM file, with whose it says that it is. An opening like others.
 * @throws AppError NOT_FOUND for a file that has none, or is of another patient.
 */
export async function openMeasures(
  ctx: TenantContext,
  fileId: string,
  patientId: string,
): Promise<{ file: StoredFile; header: DicomHeader }> {
  const kept = await getKept(ctx, fileId);
  const { kind, id } = kept.file.subject;
  if (kind !== 'patient' || id !== patientId) throw notFoundError('document');
  const header = kept.file.measures > 0 ? await headerOf(ctx, kept) : null;
  if (!header) throw notFoundError('document');
  await noteOpening(ctx, kept.file, true);
  return { file: kept.file, header };
}

/** What was read a moment ago: a file never changes, and a page that shows it is drawn with every save. */
const headers = new LRUCache<string, DicomHeader>({ max: 200, ttl: 10 * 60_000 });

async function headerOf(ctx: TenantContext, kept: Kept): Promise<DicomHeader | null> {
  const key = `${ctx.organizationId}:${kept.file.id}:${kept.sha256}`;
  const known = headers.get(key);
  if (known) return known;
  const { source } = sourceOf(ctx, kept);
  const header = await readDicomHeader(await source.read(0, HEAD_BYTES));
  if (header) headers.set(key, header);
  return header;
}

/**
 * The small picture that stands in a list. No event of its own: that the page was opened is one.
 * @throws AppError NOT_FOUND where there is none.
 */
export async function readThumbnail(ctx: TenantContext, fileId: string): Promise<Buffer> {
  const kept = await getKept(ctx, fileId);
  const { file, look } = kept;
  if (!look?.hasSmall) throw notFoundError('picture');
  const small = await readMade(ctx.organizationId, file.id, 'small', async () => {
    const { source } = sourceOf(ctx, kept);
    return drawSmallOf(source, { type: file.contentType, look });
  });
  if (!small) throw notFoundError('picture');
  return small;
}

/** Who has opened what a moment ago: the pieces of a film, the pictures of a series. Of this process. */
const opened = new LRUCache<string, true>({ max: 10_000, ttl: 10 * 60_000 });

async function noteOpening(ctx: TenantContext, file: StoredFile, isMore: boolean): Promise<void> {
  const who = ctx.actor.kind === 'staff' ? (ctx.actor.sessionId ?? ctx.actor.userId) : 'system';
  const key = `${ctx.organizationId}:${who}:${file.id}`;
  if (isMore && opened.has(key)) return;
  // Before the first byte leaves.
  await recordAudit(ctx, {
    action: 'file.open',
    target: `file:${file.id}`,
    changes: [{ field: file.subject.kind, before: null, after: file.subject.id }],
  });
  opened.set(key, true);
}

const sourceOf = (
  ctx: TenantContext,
  { file, sha256, partBytes }: Kept,
): { file: StoredFile; source: Source } => ({
  file,
  source: storedSource(ctx.organizationId, { id: file.id, sizeBytes: file.sizeBytes, sha256, partBytes }),
});
