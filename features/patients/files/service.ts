import 'server-only';
import { createHash } from 'node:crypto';
import { getPatientInUse } from '@/features/patients/patients/queries';
import { auditedWrite, withEntry } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { settleStaff } from '@/lib/audit/notes';
import { recordAudit } from '@/lib/audit/record';
import { withFieldCipher } from '@/lib/crypto/field-cipher';
import { AppError, isAppError, notFoundError } from '@/lib/errors';
import { logger } from '@/lib/logger';
import { objectId } from '@/lib/mongo';
import { takePoint } from '@/lib/rate-limit/limiter';
import { assertUnchanged, type FromForm } from '@/lib/revision';
import { bufferSource } from '@/lib/source';
import type { TenantContext } from '@/lib/tenancy/context';
import { today } from '@/lib/time';
import { type Admitted, admitFile, subjectOf } from './admit';
import { readContent, withSquare } from './content';
import { describedAs, namePlace, type StoredFile, toFile } from './dto';
import { fileModel } from './model';
import { madeName, removeContent } from './names';
import { canDeleteFile, FILES_PER_SUBJECT, PORTRAIT_MAX_BYTES } from './policy';
import { caseOf, getFile, listFiles } from './queries';
import type { DescribeFileInput, Subject, UploadFacts } from './schema';
import {
  abandon,
  assertHeld,
  type Hold,
  holdForRemoval,
  keepStorage,
  releaseStorage,
  reserveStorage,
  settleHolds,
} from './storage';
import { putSealed } from './stored';

type Patient = Awaited<ReturnType<typeof getPatientInUse>>;

const invalid = (sentence: string): AppError => new AppError('INVALID_INPUT', sentence);

/**
 * Stores a file: room is reserved, the content is read, looked at, sealed and put away, then the file exists.
 * Whatever fails on the way gives the room back.
 * @throws AppError NOT_FOUND, LIMIT_REACHED, INVALID_INPUT, UNAVAILABLE.
 */
export async function uploadFile(
  ctx: TenantContext,
  sent: UploadFacts,
  sentBody: AsyncIterable<Uint8Array>,
): Promise<StoredFile> {
  try {
    if (ctx.actor.kind === 'staff') await takePoint('upload.user', ctx.actor.userId);
    const patient = sent.patientId ? await getPatientInUse(ctx, sent.patientId) : null;
    const { input, body } = await withSquare(sent, sentBody);
    const subject = subjectOf(input, patient);
    if (input.as === 'portrait' && input.sizeBytes > PORTRAIT_MAX_BYTES)
      throw invalid('The photo is too large: make it smaller first.');
    await assertPlace(ctx, subject);
    await settleHolds(ctx.db);
    const hold = await reserveStorage(ctx.organizationId, input.sizeBytes);
    const withUpload = withEntry(ctx, 'file.upload');
    const file = await store(withUpload, { input, patient, subject, hold }, body);
    await settleStaff(withUpload, withUpload.audit);
    if (input.as === 'portrait') await removeFormerPortraits(ctx, file);
    return file;
  } catch (error) {
    if (isAppError(error) && error.code !== 'UNAVAILABLE') {
      await recordAudit(ctx, {
        action: 'file.upload',
        result: 'failed',
        target: sent.patientId ? `patient:${sent.patientId}` : `sale:${sent.saleKey}`,
      });
    }
    throw error;
  }
}

/** @throws AppError LIMIT_REACHED when the patient has as many documents as one can have. */
export async function assertPlace(ctx: TenantContext, subject: Subject): Promise<void> {
  const known = await fileModel(ctx).countDocuments({
    'subject.kind': subject.kind,
    'subject.id': subject.id,
  });
  if (known < FILES_PER_SUBJECT) return;
  const who = subject.kind === 'claim' ? 'A claim' : subject.kind === 'sale' ? 'A sale' : 'A patient';
  const sentence = `${who} can have ${FILES_PER_SUBJECT} documents. Delete one that is no longer needed first.`;
  throw new AppError('LIMIT_REACHED', sentence);
}

type Coming = { input: UploadFacts; patient: Patient | null; subject: Subject; hold: Hold };

async function store(
  ctx: TenantContext,
  coming: Coming,
  body: AsyncIterable<Uint8Array>,
): Promise<StoredFile> {
  const { organizationId } = ctx;
  const { hold, input, patient } = coming;
  const { fileId } = hold;
  try {
    const content = await readContent(body, input.sizeBytes);
    const admitted = await admitFile(bufferSource(content), input, patient, today(ctx.timeZone));
    await putSealed(organizationId, fileId, content);
    const sha256 = createHash('sha256').update(content).digest('hex');
    return await keepFile(ctx, coming, admitted, { sha256 });
  } catch (error) {
    await abandon(ctx.db, hold).catch((cause: unknown) => {
      logger.warn({ err: cause, organizationId, fileId }, 'an upload could not be taken back');
    });
    throw error;
  }
}

/**
 * From here on the file exists: its content is in the store, whole or in parts, and was looked at.
 * @throws AppError CONFLICT when its hold was given up meanwhile.
 */
export async function keepFile(
  ctx: TenantContext,
  { input, subject, hold }: Omit<Coming, 'patient'>,
  admitted: Admitted,
  content: { sha256: string; partBytes?: number },
): Promise<StoredFile> {
  const { organizationId } = ctx;
  const { fileId } = hold;
  if (admitted.small) await putSealed(organizationId, madeName(fileId, 'small'), admitted.small);
  if (admitted.web) await putSealed(organizationId, madeName(fileId, 'web'), admitted.web);
  const name = await withFieldCipher(organizationId, (cipher) => cipher.seal(namePlace(fileId), input.name));
  const { kind, eye, takenOn } = admitted.facts;
  await assertHeld(hold);
  const row = {
    _id: objectId(fileId),
    name,
    contentType: admitted.contentType,
    sizeBytes: input.sizeBytes,
    ...content,
    subject,
    look: admitted.look,
    ...(kind ? { kind } : {}),
    ...(eye ? { eye } : {}),
    ...(takenOn ? { takenOn } : {}),
    ...(input.visitId ? { visitId: input.visitId } : {}),
    ...(subject.kind === 'sale' ? { unsoldSince: new Date() } : {}),
    uploadedById: ctx.actor.kind === 'staff' ? ctx.actor.userId : 'system',
    uploadedByName: ctx.actor.name,
  };
  const file = await auditedWrite(ctx, async (session) => {
    await fileModel(ctx).create([row], { session });
    ctx.audit?.about(`file:${fileId}`);
    // Somebody has said that it is this patient's although the file says another.
    const confirmed = admitted.confirmed.join(', ') || null;
    noteChange(ctx, null, { [subject.kind]: subject.id, confirmed }, [subject.kind, 'confirmed']);
    const made = await fileModel(ctx).findById(row._id).session(session).orFail().lean();
    return withFieldCipher(organizationId, (cipher) => toFile(made, cipher));
  });
  await keepStorage(hold).catch((error: unknown) => {
    // The file is there and counted; the hold is settled when it is over.
    logger.warn({ err: error, organizationId, fileId }, 'a hold could not be ended');
  });
  return file;
}

/**
 * Says what a document is of: its kind, the eye, the day it was taken, what had been ordered.
 * @throws AppError NOT_FOUND, CONFLICT when a colleague has said something else meanwhile.
 */
export async function describeFile(
  ctx: TenantContext,
  { fileId, version, ...input }: FromForm<DescribeFileInput>,
): Promise<StoredFile> {
  const _id = objectId(fileId, 'document');
  return auditedWrite(ctx, async (session) => {
    const before = await fileModel(ctx).findById(_id).session(session).lean();
    if (!before || caseOf(before.subject)) throw notFoundError('document');
    assertUnchanged(describedAs(before), version);
    const { kind, ...rest } = input;
    const said = Object.entries(rest);
    const gone = said.filter(([, value]) => value === undefined).map(([name]) => [name, 1]);
    const $set = { kind, ...Object.fromEntries(said.filter(([, value]) => value !== undefined)) };
    const row = await fileModel(ctx)
      .findOneAndUpdate(
        { _id },
        { $set, ...(gone.length > 0 ? { $unset: Object.fromEntries(gone) } : {}) },
        { session, returnDocument: 'after' },
      )
      .orFail()
      .lean();
    noteChange(ctx, describedAs(before), describedAs(row), ['kind', 'eye', 'takenOn', 'orderedAs']);
    return withFieldCipher(ctx.organizationId, (cipher) => toFile(row, cipher));
  });
}

/**
 * @param caseId of a paper of a payer's case or of a sale: who closes the day deletes those of others.
 * @throws AppError NOT_FOUND, or FORBIDDEN when somebody else uploaded it and the role does not lead or
 * examine.
 */
export async function deleteFile(
  ctx: TenantContext,
  fileId: string,
  caseId: string | null = null,
): Promise<StoredFile> {
  const file = await getFile(ctx, fileId, caseId);
  const mayDeleteAny = ctx.can(caseId ? 'days:write' : 'files:delete');
  const who =
    ctx.actor.kind === 'staff'
      ? { mayDeleteAny, userId: ctx.actor.userId }
      : { mayDeleteAny: false, userId: 'system' };
  if (!canDeleteFile(who, file)) {
    const others = caseId ? 'them or an administrator' : 'them, a doctor or an administrator';
    throw new AppError(
      'FORBIDDEN',
      `${file.uploadedByName} uploaded this document. Ask ${others} to delete it.`,
    );
  }
  return removeFile(ctx, file);
}

/** Who has a new photo has no other: those of before go, each with its entry. */
async function removeFormerPortraits(ctx: TenantContext, { id, subject }: StoredFile): Promise<void> {
  for (const former of await listFiles(ctx, subject)) {
    if (former.id === id) continue;
    const withRemoval = withEntry(ctx, 'file.delete');
    withRemoval.audit.about(`file:${former.id}`);
    await removeFile(withRemoval, former);
    await settleStaff(withRemoval, withRemoval.audit);
  }
}

async function removeFile(ctx: TenantContext, file: StoredFile): Promise<StoredFile> {
  const hold = await holdForRemoval(ctx.organizationId, file);
  const _id = objectId(file.id);
  const wasThere = await auditedWrite(
    ctx,
    async (session) => (await fileModel(ctx).deleteOne({ _id }, { session })).deletedCount === 1,
    // A row that is gone was deleted with an entry; this call only finishes what was interrupted.
    { isChange: (isGone) => isGone },
  );
  if (!wasThere && hold.isNew) {
    // Somebody else deleted it a moment ago, and its bytes are given back already.
    await keepStorage(hold);
    throw notFoundError('document');
  }
  await removeContent(ctx.organizationId, file);
  await releaseStorage(hold);
  return file;
}
