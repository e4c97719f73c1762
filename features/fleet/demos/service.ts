import 'server-only';
import { BY_SYSTEM } from '@/features/fleet/operations/service/begin';
import { resetToTemplate } from '@/features/fleet/operations/service/reset';
import { featuresOf } from '@/features/subscription/billing/grants';
import type { PlatformContext } from '@/lib/actions/platform';
import { auditedMasterWrite } from '@/lib/audit/audited';
import { claimOf } from '@/lib/auth/claims';
import { randomToken } from '@/lib/crypto/cipher';
import { hashPassword } from '@/lib/crypto/password';
import { AppError, notFoundError } from '@/lib/errors';
import { membershipModel } from '@/lib/master/models/membership';
import { organizationModel } from '@/lib/master/models/organization';
import { userModel } from '@/lib/master/models/user';
import { newObjectId, objectId } from '@/lib/mongo';
import { foldName } from '@/lib/organizations/fold-name';
import { isNameTaken } from '@/lib/organizations/taken-name';
import { enqueue, wakeWorker } from '@/lib/work/queue';
import type { DemoInput } from './schema';

/** What everybody can be shown: above the smallest plan, and nothing that must be agreed first. */
const PLAN = 'professional';
const HOME = { country: 'IN', timeZone: 'Asia/Kolkata', industry: 'eye-hospital', phone: '-' };

async function homeOf(templateId: string) {
  if (!templateId) return HOME;
  const template = await organizationModel
    .findOne({ _id: objectId(templateId, 'template'), purpose: 'template' })
    .select('country timeZone industry phone status')
    .lean();
  if (!template) throw notFoundError('template');
  if (template.status !== 'active')
    throw new AppError('CONFLICT', 'This template is not ready yet.', { field: 'templateId' });
  const { country, timeZone, industry, phone } = template;
  return { country, timeZone, industry, phone };
}

/**
 * Makes an organization that nobody pays for: a template, or a demo or sandbox that is filled from one as
 * soon as it has its database. Its owner is asked by mail for a password, unless the address has an account.
 * @param ctx null for an operator's command.
 * @returns its id. @throws AppError CONFLICT when the name is taken; NOT_FOUND when it is not a template.
 */
export async function makeDemo(ctx: PlatformContext | null, input: DemoInput): Promise<string> {
  const home = await homeOf(input.templateId);
  if (await isNameTaken({ organizationName: input.organizationName, country: home.country })) {
    throw new AppError('CONFLICT', 'There is an organization of this name. Choose another one.', {
      field: 'organizationName',
    });
  }
  const emailKey = input.ownerEmail.toLowerCase();
  const known = await userModel.findOne({ emailKey, disabledAt: null }).select('_id').lean();
  const passwordHash = known ? null : await hashPassword(randomToken());
  const [_id, ownerId] = [newObjectId(), known?._id ?? newObjectId()];
  await auditedMasterWrite(ctx, async (session) => {
    await organizationModel.create(
      [
        {
          _id,
          ...home,
          organizationName: input.organizationName,
          nameKey: foldName(input.organizationName),
          email: input.ownerEmail,
          expectedUsers: 1,
          plan: PLAN,
          features: featuresOf(PLAN),
          status: 'provisioning',
          statusSince: new Date(),
          purpose: input.purpose,
          ...(input.templateId ? { templateId: objectId(input.templateId) } : {}),
          ownerId,
          usage: { seats: 1, storageBytes: 0 },
        },
      ],
      { session },
    );
    if (passwordHash)
      await userModel.create(
        [{ _id: ownerId, ...claimOf(ownerId, input.ownerEmail), name: input.ownerName, passwordHash }],
        { session },
      );
    await membershipModel.create(
      [{ userId: ownerId, organizationId: _id, role: 'owner', status: 'active' }],
      { session },
    );
    await enqueue('organization.provision', _id.toString(), {}, { session });
    if (passwordHash) await enqueue('account.reset-password', emailKey, {}, { session });
  });
  wakeWorker();
  return _id.toString();
}

/**
 * The job after provisioning: a copy gets its first content. Twice is once: while it is being filled, nobody
 * else begins.
 */
export async function fillFirst(organizationId: string): Promise<void> {
  // Its own id is the operation's: a job that is run again finds it.
  await resetToTemplate(BY_SYSTEM, organizationId, { id: organizationId });
}
