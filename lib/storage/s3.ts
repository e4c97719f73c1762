import 'server-only';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { env } from '../env';
import { AppError } from '../errors';
import type { FileStore } from './file-store';

const unreachable = (cause: unknown): AppError =>
  new AppError('UNAVAILABLE', 'Our file storage cannot be reached right now. Please try again in a minute.', {
    cause,
  });

/** Files in a bucket of S3 or of any store that speaks its protocol. */
export function s3Store(bucket: string): FileStore {
  const { S3_ENDPOINT, S3_REGION, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY } = env();
  const client = new S3Client({
    region: S3_REGION,
    ...(S3_ENDPOINT ? { endpoint: S3_ENDPOINT, forcePathStyle: true } : {}),
    // Without keys of its own the SDK finds them: an instance's role, a profile.
    ...(S3_ACCESS_KEY_ID && S3_SECRET_ACCESS_KEY
      ? { credentials: { accessKeyId: S3_ACCESS_KEY_ID, secretAccessKey: S3_SECRET_ACCESS_KEY } }
      : {}),
    // Not every compatible store knows the newer checksums; the content carries a mark of its own.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: 3,
  });
  return {
    put: async (Key, content) => {
      try {
        const facts = { ContentType: 'application/octet-stream', ContentLength: content.length };
        await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body: content, ...facts }));
      } catch (error) {
        throw unreachable(error);
      }
    },
    get: async (Key) => {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key }));
        return Body ? Buffer.from(await Body.transformToByteArray()) : null;
      } catch (error) {
        if (error instanceof NoSuchKey) return null;
        throw unreachable(error);
      }
    },
    list: async (folder) => {
      try {
        const keys: string[] = [];
        let next: string | undefined;
        do {
          const page = await client.send(
            new ListObjectsV2Command({
              Bucket: bucket,
              Prefix: `${folder}/`,
              Delimiter: '/',
              ...(next ? { ContinuationToken: next } : {}),
            }),
          );
          for (const { Key } of page.Contents ?? []) if (Key) keys.push(Key);
          next = page.NextContinuationToken;
        } while (next);
        return keys;
      } catch (error) {
        throw unreachable(error);
      }
    },
    delete: async (Key) => {
      try {
        await client.send(new DeleteObjectCommand({ Bucket: bucket, Key }));
      } catch (error) {
        throw unreachable(error);
      }
    },
  };
}
