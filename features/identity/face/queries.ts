import 'server-only';
import { objectId } from '@/lib/mongo';
import { type Face, type FaceForm, faceFormOf, toFace } from './dto';
import { faceModel } from './model';
import { isFaceSlug } from './policy';

/** The face at an address; null where there is none, and where its hospital shows none. */
export async function findFace(slug: string): Promise<Face | null> {
  if (!isFaceSlug(slug)) return null;
  const row = await faceModel.findOne({ slug, isOpen: true }).lean();
  return row ? toFace(row) : null;
}

/** What the organization has chosen of its page and its mails. */
export async function getFaceForm({ organizationId }: { organizationId: string }): Promise<FaceForm> {
  return faceFormOf(await faceModel.findById(objectId(organizationId)).select('-logo').lean());
}

/** Whom mails of an organization come from, for `composeMail`. */
export async function mailSender(ctx: { organizationId: string; organization: { name: string } }) {
  const { fromName, replyTo } = await getFaceForm(ctx);
  return { fromName: fromName || ctx.organization.name, ...(replyTo ? { replyTo } : {}) };
}
