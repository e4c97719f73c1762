import 'server-only';
import type { PlatformContext } from '@/lib/actions/platform';
import type { FieldPlace } from '@/lib/crypto/field-cipher';

export const FOLDER = 'tickets';
export const COLLECTION = 'ticket_attachments';
export const HOUR_MS = 60 * 60_000;

/** Who uploads, and whose key seals it. */
export type Uploader = { organizationId: string; userId: string; by: 'customer' | 'company' };
export type LeftOut = { name: string; sizeBytes: number; sentence: string };

export const keyOf = (organizationId: string, id: string): string => `${FOLDER}/${organizationId}/${id}`;
export const placeOf = (path: 'name' | 'leftOut', id: string): FieldPlace => ({
  collection: COLLECTION,
  path,
  id,
});

/** The company's person, for its log. */
export const byPlatform = ({ actor, requestId, request }: PlatformContext) => ({
  actor: { kind: 'platform' as const, id: actor.userId, name: actor.name },
  requestId,
  request,
});
