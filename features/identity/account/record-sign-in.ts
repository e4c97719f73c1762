import 'server-only';
import { recordAudit } from '@/lib/audit/record';
import { membershipModel } from '@/lib/master/models/membership';
import { sessionModel } from '@/lib/master/models/session';
import { userModel } from '@/lib/master/models/user';
import { withTenantDatabase } from '@/lib/tenancy/factory';

/** The job behind each sign-in: who came in, when, how and from where, in the organization's own log. */
export async function recordSignIn(sessionId: string): Promise<void> {
  const session = await sessionModel.findById(sessionId).lean();
  const organizationId = session?.organizationId;
  if (!session || !organizationId) return;
  const [user, membership] = await Promise.all([
    userModel.findById(session.userId).select('name email').lean(),
    membershipModel.findOne({ userId: session.userId, organizationId }).select('role').lean(),
  ]);
  if (!user || !membership) return;
  await withTenantDatabase(organizationId.toString(), (db) =>
    recordAudit(
      {
        db,
        actor: {
          kind: 'staff',
          userId: user._id.toString(),
          name: user.name,
          email: user.email,
          role: membership.role,
          sessionId,
        },
        requestId: sessionId,
        request: { ip: session.ip ?? '', userAgent: session.userAgent ?? '' },
      },
      {
        action: 'account.sign-in',
        target: `sign-in:${session.isReturn ? 'pin' : (session.method ?? 'password')}`,
      },
    ),
  );
}
