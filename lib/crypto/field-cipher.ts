import 'server-only';
import { createCipheriv, createDecipheriv, createHmac, type KeyObject, randomBytes } from 'node:crypto';
import { derivedKey, forgetKeyring, type Keyring, organizationKeyring } from './organization-keys';

const IV_BYTES = 12;
const TAG_BYTES = 16;
/** `enc.1.<key version>.<base64url of iv | tag | ciphertext>` */
const SEALED = /^enc\.1\.(\d{1,9})\.([A-Za-z0-9_-]{38,})$/;
const INDEX_BYTES = 16;

/** Where a value belongs. A ciphertext copied to another record, field or organization does not open. */
export type FieldPlace = { collection: string; path: string; id: string };

/**
 * Seals the sensitive fields of one organization. An HSM or a cloud KMS would stand behind the same
 * interface.
 */
export type FieldCipher = {
  /** The key version that `seal` writes with. */
  readonly version: number;
  seal: (place: FieldPlace, plaintext: string) => string;
  /**
   * Text that was never sealed (older records) comes back as it is.
   * @throws UnknownKeyVersionError, or Error when altered.
   */
  open: (place: FieldPlace, stored: string) => string;
  /**
   * A keyed digest for equality search; the same text gives the same digest within one organization and path.
   */
  blindIndex: (path: string, text: string) => string;
};

/** The keys at hand do not hold the version: it is newer than they are, or was destroyed. */
class UnknownKeyVersionError extends Error {
  override name = 'UnknownKeyVersionError';
}

export const isSealed = (stored: string): boolean => SEALED.test(stored);

/** The key version that sealed a value; 0 for text that was never sealed. */
export const sealedVersion = (stored: string): number => Number(SEALED.exec(stored)?.[1] ?? 0);

const contextOf = (organizationId: string, { collection, path, id }: FieldPlace): Buffer =>
  Buffer.from(`${organizationId}|${collection}|${path}|${id}`);

function keyOf(keyring: Keyring, version: number): KeyObject {
  const key = keyring.data.get(version);
  if (!key) throw new UnknownKeyVersionError(`Key version ${version} is not at hand`);
  return key;
}

function encrypt(keyring: Keyring, context: Buffer, plaintext: string | Buffer): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keyOf(keyring, keyring.current), iv);
  cipher.setAAD(context);
  const body = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]);
}

function decrypt(keyring: Keyring, version: number, context: Buffer, bytes: Buffer): Buffer {
  const key = keyOf(keyring, version);
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES));
  decipher.setAAD(context);
  decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
}

function cipherOf(keyring: Keyring): FieldCipher {
  const indexKeys = new Map<string, KeyObject>();
  return {
    version: keyring.current,
    seal: (place, plaintext) => {
      const bytes = encrypt(keyring, contextOf(keyring.organizationId, place), plaintext);
      return `enc.1.${keyring.current}.${bytes.toString('base64url')}`;
    },
    open: (place, stored) => {
      const [, version, body] = SEALED.exec(stored) ?? [];
      if (!version || !body) return stored;
      const context = contextOf(keyring.organizationId, place);
      return decrypt(keyring, Number(version), context, Buffer.from(body, 'base64url')).toString();
    },
    blindIndex: (path, text) => {
      const key = indexKeys.get(path) ?? derivedKey(keyring, `blind-index/${path}`);
      indexKeys.set(path, key);
      return createHmac('sha256', key).update(text).digest().subarray(0, INDEX_BYTES).toString('base64url');
    },
  };
}

/**
 * Lends the organization's cipher to `work`. When another process has rotated the key meanwhile, the keys are
 * read again and `work` runs once more, so it must only read and compute.
 */
export async function withFieldCipher<T>(
  organizationId: string,
  work: (cipher: FieldCipher) => T | Promise<T>,
): Promise<T> {
  return withKeyring(organizationId, (keyring) => work(cipherOf(keyring)));
}

async function withKeyring<T>(
  organizationId: string,
  work: (keyring: Keyring) => T | Promise<T>,
): Promise<T> {
  try {
    return await work(await organizationKeyring(organizationId));
  } catch (error) {
    if (!(error instanceof UnknownKeyVersionError)) throw error;
    forgetKeyring(organizationId);
    return work(await organizationKeyring(organizationId));
  }
}

const FILE_MAGIC = Buffer.from('CKF1');
const FILE_HEADER = FILE_MAGIC.length + 4;

/** Which collection names the file: one of another kind does not open in its place. */
export type FileKind = 'files' | 'ticket_attachments';

const fileContext = (organizationId: string, fileId: string, collection: FileKind): Buffer =>
  contextOf(organizationId, { collection, path: 'content', id: fileId });

/**
 * Seals the content of a stored file with the organization's key: `CKF1 | key version | iv | tag |
 * ciphertext`, 36 bytes longer than the content. Opens only under the same organization and file id.
 */
export function sealFile(
  organizationId: string,
  fileId: string,
  content: Buffer,
  kind: FileKind = 'files',
): Promise<Buffer> {
  return withKeyring(organizationId, (keyring) => {
    const version = Buffer.alloc(4);
    version.writeUInt32BE(keyring.current);
    return Buffer.concat([
      FILE_MAGIC,
      version,
      encrypt(keyring, fileContext(organizationId, fileId, kind), content),
    ]);
  });
}

/**
 * The content of a file sealed by `sealFile`.
 * @throws Error when it was altered, moved, or its keys are destroyed.
 */
export function openFile(
  organizationId: string,
  fileId: string,
  sealed: Buffer,
  kind: FileKind = 'files',
): Promise<Buffer> {
  return withKeyring(organizationId, (keyring) => {
    if (sealed.length < FILE_HEADER + IV_BYTES + TAG_BYTES || !sealed.subarray(0, 4).equals(FILE_MAGIC)) {
      throw new Error('This is not a sealed file');
    }
    const version = sealed.readUInt32BE(FILE_MAGIC.length);
    return decrypt(keyring, version, fileContext(organizationId, fileId, kind), sealed.subarray(FILE_HEADER));
  });
}
