import 'server-only';
import type { PlatformContext } from '@/lib/actions/platform';
import { hashToken } from '@/lib/crypto/cipher';
import { userModel } from '@/lib/master/models/user';
import { PLATFORM_ROLES, type PlatformRole } from '@/lib/master/vocabulary';
import { op } from '@/lib/mongo';
import { revisionOf } from '@/lib/revision';
import { teamInvitationModel } from './model';

const MAX_PEOPLE = 200;

export const findPeople = () =>
  userModel
    .find({ platformRole: op({ $in: [...PLATFORM_ROLES] }) })
    .select('name email platformRole secondFactorSince lastSignInAt')
    .limit(MAX_PEOPLE);

export const findOpenInvitations = () =>
  teamInvitationModel.find({ status: 'pending' }).sort({ createdAt: -1 }).limit(MAX_PEOPLE);

/** Who belongs to the company's team, by name, and who is invited. At most 200 of each. */
export async function listTeam(ctx: PlatformContext, now = new Date()) {
  const [rows, invitations] = await Promise.all([findPeople().lean(), findOpenInvitations().lean()]);
  const people = rows.flatMap((row) => {
    const role: PlatformRole | null | undefined = row.platformRole;
    if (!role) return [];
    const id = row._id.toString();
    return [
      {
        id,
        name: row.name,
        email: row.email,
        role,
        version: revisionOf({ role }),
        hasSecondFactor: Boolean(row.secondFactorSince),
        lastSignInAt: row.lastSignInAt?.toISOString() ?? null,
        isSelf: id === ctx.actor.userId,
      },
    ];
  });
  return {
    people: people.sort((a, b) => a.name.localeCompare(b.name)),
    invitations: invitations.map(({ _id, name, email, role, expiresAt }) => ({
      id: _id.toString(),
      name,
      email,
      role,
      expiresAt: expiresAt.toISOString(),
      isExpired: expiresAt <= now,
    })),
  };
}
export type TeamPerson = Awaited<ReturnType<typeof listTeam>>['people'][number];
export type TeamInvitation = Awaited<ReturnType<typeof listTeam>>['invitations'][number];

/** What a link from the mail offers; null for one that does not work any more. */
export async function findTeamOffer(token: string, now = new Date()) {
  const row = await teamInvitationModel.findOne({ tokenHash: hashToken(token), status: 'pending' }).lean();
  return row && row.expiresAt > now ? { name: row.name, email: row.email, role: row.role } : null;
}
