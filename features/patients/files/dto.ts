import 'server-only';
import type { InferSchemaType, Types } from 'mongoose';
import type { FieldCipher, FieldPlace } from '@/lib/crypto/field-cipher';
import { revisionOf } from '@/lib/revision';
import type { fileModel } from './model';
import { isWebImage, type Scale } from './policy';

type Row = InferSchemaType<ReturnType<typeof fileModel>['schema']> & { _id: Types.ObjectId };

/** Where the sealed name of a file belongs. */
export const namePlace = (fileId: string): FieldPlace => ({ collection: 'files', path: 'name', id: fileId });

/** What the form of a document shows, from which its version is made. */
export const describedAs = (row: Pick<Row, 'kind' | 'eye' | 'takenOn' | 'orderedAs'>) => ({
  kind: row.kind ?? 'other',
  eye: row.eye ?? null,
  takenOn: row.takenOn ?? null,
  orderedAs: row.orderedAs ?? null,
});

const scaleIn = (look: Row['look']): Scale | null =>
  look?.scale?.widthMm && look.scale.heightMm
    ? { widthMm: look.scale.widthMm, heightMm: look.scale.heightMm }
    : null;

/** What can be shown of a document; those of before show what browsers can by themselves. */
const shownOf = ({ contentType, look }: Row) => ({
  hasThumbnail: look?.hasSmall ?? false,
  frames: look?.frames ?? (isWebImage(contentType) ? 1 : 0),
  unshown: look?.unshown ?? null,
  measures: look?.measures ?? 0,
  seconds: look?.seconds ?? null,
  scale: scaleIn(look),
  hasPaper: contentType === 'application/pdf' || Boolean(look?.paper),
});

export function toFile(row: Row, cipher: FieldCipher) {
  const id = row._id.toString();
  return {
    id,
    name: cipher.open(namePlace(id), row.name),
    contentType: row.contentType,
    sizeBytes: row.sizeBytes,
    ...shownOf(row),
    ...describedAs(row),
    version: revisionOf(describedAs(row)),
    visitId: row.visitId ?? null,
    subject: { kind: row.subject.kind, id: row.subject.id },
    uploadedById: row.uploadedById,
    uploadedByName: row.uploadedByName,
    uploadedAt: row.createdAt.toISOString(),
  };
}
export type StoredFile = ReturnType<typeof toFile>;
