import 'server-only';
import type { InferSchemaType, Types } from 'mongoose';
import type { FieldCipher, FieldPlace } from '@/lib/crypto/field-cipher';
import type { fileModel } from './model';

type Row = InferSchemaType<ReturnType<typeof fileModel>['schema']> & { _id: Types.ObjectId };

/** Where the sealed name of a file belongs. */
export const namePlace = (fileId: string): FieldPlace => ({ collection: 'files', path: 'name', id: fileId });

export function toFile(row: Row, cipher: FieldCipher) {
  const id = row._id.toString();
  return {
    id,
    name: cipher.open(namePlace(id), row.name),
    contentType: row.contentType,
    sizeBytes: row.sizeBytes,
    subject: { kind: row.subject.kind, id: row.subject.id },
    uploadedById: row.uploadedById,
    uploadedByName: row.uploadedByName,
    uploadedAt: row.createdAt.toISOString(),
  };
}
export type StoredFile = ReturnType<typeof toFile>;
