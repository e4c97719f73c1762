import 'server-only';
import { createHash } from 'node:crypto';
import { getPatientInUse } from '@/features/patients/patients/queries';
import { withEntry } from '@/lib/audit/audited';
import { settleStaff } from '@/lib/audit/notes';
import { recordAudit } from '@/lib/audit/record';
import { AppError, isAppError, notFoundError } from '@/lib/errors';
import { objectId, op } from '@/lib/mongo';
import { takePoint } from '@/lib/rate-limit/limiter';
import { piecesOf } from '@/lib/source';
import type { TenantContext } from '@/lib/tenancy/context';
import { today } from '@/lib/time';
import { admitFile } from './admit';
import { readContent } from './content';
import type { StoredFile } from './dto';
import { uploadModel } from './model';
import { partName } from './names';
import { PART_BYTES, partBytes, partsOf } from './policy';
import { getFile } from './queries';
import type { BeginUploadInput, Subject, UploadFacts } from './schema';
import { assertPlace, keepFile } from './service';
import { abandon, assertHeld, type Hold, reserveStorage, settleHolds, UPLOAD_HOLD_MS } from './storage';
import { putSealed, storedSource } from './stored';

const personOf = ({ actor }: TenantContext): string => (actor.kind === 'staff' ? actor.userId : 'system');
const later = () => new Date(Date.now() + UPLOAD_HOLD_MS);

/** What a browser has to know to send the rest. */
type OpenUpload = { uploadId: string; partBytes: number; parts: number[] };

/**
 * Begins a file that comes in parts, or goes on with the same file of the same person where it stopped. Room
 * is taken for all of it; what is left for a day is over, and gives its room back.
 * @throws AppError NOT_FOUND, LIMIT_REACHED.
 */
export async function beginUpload(ctx: TenantContext, input: BeginUploadInput): Promise<OpenUpload> {
  const { mark: said, name: fileName, claimedType, sizeBytes, kind, eye, takenOn, visitId } = input;
  const facts = {
    ...{ claimedType, sizeBytes, patientId: input.patientId },
    ...(kind ? { kind } : {}),
    ...(eye ? { eye } : {}),
    ...(takenOn ? { takenOn } : {}),
    ...(visitId ? { visitId } : {}),
  };
  const uploadedById = personOf(ctx);
  if (ctx.actor.kind === 'staff') await takePoint('upload.user', ctx.actor.userId);
  const patient = await getPatientInUse(ctx, input.patientId);
  const mark = createHash('sha256').update(`${patient.id}|${input.sizeBytes}|${said}`).digest('base64url');
  await settleHolds(ctx.db);
  const known = await uploadModel(ctx)
    .findOne({ uploadedById, mark, expiresAt: op({ $gt: new Date() }) })
    .lean();
  if (known) {
    const id = known._id.toString();
    const hold = {
      organizationId: ctx.organizationId,
      fileId: id,
      token: known.token,
      sizeBytes: known.sizeBytes,
    };
    const isHeld = await assertHeld(hold, new Date(), UPLOAD_HOLD_MS).then(
      () => true,
      () => false,
    );
    if (isHeld) {
      // What is said of it now is what holds.
      await uploadModel(ctx).updateOne({ _id: known._id }, { $set: { ...facts, expiresAt: later() } });
      return { uploadId: id, partBytes: PART_BYTES, parts: [...known.parts].sort((a, b) => a - b) };
    }
    // Given up meanwhile, with its parts.
    await uploadModel(ctx).deleteOne({ _id: known._id });
  }
  await assertPlace(ctx, { kind: 'patient', id: patient.id });
  const hold = await reserveStorage(ctx.organizationId, input.sizeBytes, new Date(), UPLOAD_HOLD_MS);
  const row = {
    _id: objectId(hold.fileId),
    ...facts,
    fileName,
    token: hold.token,
    mark,
    parts: [] as number[],
    uploadedById,
  };
  await uploadModel(ctx).create([{ ...row, expiresAt: later() }]);
  return { uploadId: hold.fileId, partBytes: PART_BYTES, parts: [] };
}

async function openUpload(ctx: TenantContext, uploadId: string) {
  const row = await uploadModel(ctx)
    .findOne({ _id: objectId(uploadId, 'upload'), uploadedById: personOf(ctx) })
    .lean();
  if (!row) throw notFoundError('upload');
  const { organizationId } = ctx;
  const hold: Hold = {
    organizationId,
    fileId: row._id.toString(),
    token: row.token,
    sizeBytes: row.sizeBytes,
  };
  return { row, hold };
}

/**
 * Stores one part, sealed for itself; the same part again takes the place of the first. No more than this
 * part is in memory.
 * @throws AppError NOT_FOUND, INVALID_INPUT when it is not whole, CONFLICT when the upload was given up.
 */
export async function putPart(
  ctx: TenantContext,
  uploadId: string,
  part: number,
  body: AsyncIterable<Uint8Array>,
): Promise<void> {
  const { row, hold } = await openUpload(ctx, uploadId);
  if (part < 0 || part >= partsOf(row.sizeBytes)) throw notFoundError('upload');
  const content = await readContent(body, partBytes(row.sizeBytes, part));
  await assertHeld(hold, new Date(), UPLOAD_HOLD_MS);
  await putSealed(ctx.organizationId, partName(hold.fileId, part), content);
  await uploadModel(ctx).updateOne(
    { _id: row._id },
    { $addToSet: { parts: part }, $set: { expiresAt: later() } },
  );
}

/**
 * All parts are there: the file is read once from its beginning to its end, looked at, and exists. What is
 * asked about it may be answered, and this called again.
 * @throws AppError as admitFile; INVALID_INPUT while parts are missing; NOT_FOUND.
 */
export async function finishUpload(
  ctx: TenantContext,
  uploadId: string,
  { isConfirmed = false, still }: { isConfirmed?: boolean; still?: Buffer | undefined } = {},
): Promise<StoredFile> {
  const earlier = await finishedBefore(ctx, uploadId);
  if (earlier) return earlier;
  const { row, hold } = await openUpload(ctx, uploadId);
  const { organizationId } = ctx;
  try {
    if (new Set(row.parts).size !== partsOf(row.sizeBytes))
      throw new AppError('INVALID_INPUT', 'The file did not arrive whole. Please upload it again.');
    const patient = await getPatientInUse(ctx, row.patientId);
    const subject: Subject = { kind: 'patient', id: patient.id };
    await assertPlace(ctx, subject);
    await assertHeld(hold, new Date(), UPLOAD_HOLD_MS);
    const place = { id: hold.fileId, sizeBytes: row.sizeBytes, sha256: '', partBytes: PART_BYTES };
    const source = storedSource(organizationId, place);
    const hash = createHash('sha256');
    for await (const piece of piecesOf(source, PART_BYTES)) hash.update(piece);
    const { fileName: name, claimedType, sizeBytes, patientId, kind, eye, takenOn, visitId } = row;
    const input = { name, claimedType, sizeBytes, patientId, kind, eye, takenOn, visitId, isConfirmed };
    const admitted = await admitFile(source, input as UploadFacts, patient, today(ctx.timeZone), still);
    const withUpload = withEntry(ctx, 'file.upload');
    const content = { sha256: hash.digest('hex'), partBytes: PART_BYTES };
    const file = await keepFile(
      withUpload,
      { input: input as UploadFacts, subject, hold },
      admitted,
      content,
    );
    await settleStaff(withUpload, withUpload.audit);
    await uploadModel(ctx).deleteOne({ _id: row._id });
    return file;
  } catch (error) {
    if (isAppError(error) && error.code !== 'UNAVAILABLE')
      await recordAudit(ctx, { action: 'file.upload', result: 'failed', target: `patient:${row.patientId}` });
    // What is not kept here leaves nothing behind; what is asked about waits for the answer.
    if (isAppError(error) && error.code === 'INVALID_INPUT') await abandonUpload(ctx, uploadId);
    throw error;
  }
}

/** The answer was lost on its way: the file is there. */
async function finishedBefore(ctx: TenantContext, uploadId: string): Promise<StoredFile | null> {
  try {
    const file = await getFile(ctx, uploadId);
    return file.uploadedById === personOf(ctx) ? file : null;
  } catch (error) {
    if (isAppError(error) && error.code === 'NOT_FOUND') return null;
    throw error;
  }
}

/** Gives up what has come of a file, and its room. @throws AppError NOT_FOUND. */
export async function abandonUpload(ctx: TenantContext, uploadId: string): Promise<void> {
  const { row, hold } = await openUpload(ctx, uploadId);
  await uploadModel(ctx).deleteOne({ _id: row._id });
  await abandon(ctx.db, hold);
}
