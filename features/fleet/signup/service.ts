import 'server-only';
import { currentVersions } from '@/features/subscription/agreements/documents';
import { dueOf, versionsOf } from '@/features/subscription/agreements/policy';
import { recordAcceptance } from '@/features/subscription/agreements/service';
import { featuresOf } from '@/features/subscription/billing/grants';
import { detailsAtSignup, writeInvoiceDetails } from '@/features/subscription/invoice-details/service';
import { claimOf } from '@/lib/auth/claims';
import { refuseCommonPassword } from '@/lib/crypto/common-passwords';
import { hashPassword, verifyPassword } from '@/lib/crypto/password';
import { AppError } from '@/lib/errors';
import { masterTransaction } from '@/lib/master/connection';
import { membershipModel } from '@/lib/master/models/membership';
import { organizationModel } from '@/lib/master/models/organization';
import { userModel } from '@/lib/master/models/user';
import { newObjectId, op } from '@/lib/mongo';
import { foldName } from '@/lib/organizations/fold-name';
import { isNameTaken } from '@/lib/organizations/taken-name';
import { takePoint } from '@/lib/rate-limit/limiter';
import { enqueue, wakeWorker } from '@/lib/work/queue';
import { mailRequestReceived } from './mails';
import type { SignupInput } from './schema';

const nameTaken = ({ organizationName }: { organizationName: string }): AppError =>
  new AppError(
    'CONFLICT',
    `${organizationName} is signed up already. If you work there, ask its owner to invite you; if it is another one, add the city to the name.`,
    { field: 'organizationName' },
  );

/**
 * Whether the details of step 1 can be used. Says nothing of the address: who has an account is nobody's
 * business.
 * @throws AppError CONFLICT for an organization that is signed up; one that waits for payment may be this
 * person's own.
 */
export async function checkSignup(
  input: Pick<SignupInput, 'organizationName' | 'country' | 'password' | 'email' | 'name'>,
): Promise<void> {
  await refuseCommonPassword(input.password, 'password', knownOf(input));
  if (await isNameTaken(input)) throw nameTaken(input);
}

const knownOf = ({
  organizationName,
  email,
  name,
}: {
  organizationName: string;
  email: string;
  name: string;
}) => [organizationName, email, name];

/**
 * Who has proved the address, and the organization that the same person began to sign up with it and has not
 * paid for:
 * under that account, or under a claim of the address.
 */
async function findBegun(input: Pick<SignupInput, 'organizationName' | 'country' | 'email' | 'password'>) {
  await takePoint('sign-up.account', input.email.toLowerCase());
  const holder = await userModel.findOne({ emailKey: input.email.toLowerCase() }).select('_id').lean();
  const claims = holder
    ? []
    : await userModel
        .find({ claimedEmailKey: input.email.toLowerCase() })
        .select('+passwordHash')
        .sort({ createdAt: -1 })
        .limit(20)
        .lean();
  const begun = await organizationModel
    .find({
      ownerId: op({ $in: holder ? [holder._id] : claims.map(({ _id }) => _id) }),
      status: 'pending_payment',
    })
    .sort({ createdAt: -1 })
    .limit(20)
    .select('+signupPasswordHash nameKey country ownerId')
    .lean();
  const nameKey = foldName(input.organizationName);
  const organization =
    begun.find((row) => row.nameKey === nameKey && row.country === input.country) ?? begun[0];
  // The same work for every address.
  const claim = claims.find(({ _id }) => organization?.ownerId.equals(_id));
  const hash = organization?.signupPasswordHash ?? claim?.passwordHash;
  const matches = await verifyPassword(hash, input.password);
  return {
    holderId: holder?._id ?? null,
    organizationId: organization && matches ? organization._id.toString() : null,
  };
}

/**
 * Stores the organization, its owner's claim of the address and the membership together, the password hashed
 * before anything is written.
 * Enterprise is stored as a request for the sales team, the others wait for payment. Nobody can enter yet.
 * An address that has an account gets the same answer: its holder is asked by mail, and becomes the owner by
 * the link there.
 * @returns the organization's id. @throws AppError CONFLICT when the organization is taken.
 */
export async function signUp(
  input: SignupInput,
  ip = 'unknown',
): Promise<{ organizationId: string; isRequest: boolean }> {
  await refuseCommonPassword(input.password, 'password', knownOf(input));
  const invoice = detailsAtSignup(input, input.country);
  const passwordHash = await hashPassword(input.password);
  const begun = await findBegun(input);
  if (await isNameTaken(input, begun.organizationId ?? undefined)) throw nameTaken(input);
  if (begun.organizationId) return continueSignup(begun.organizationId, input, invoice, ip);

  const organizationId = newObjectId();
  const isRequest = input.plan === 'enterprise';
  await storeSignup(organizationId, input, invoice, passwordHash, begun.holderId, ip);
  wakeWorker();
  return { organizationId: organizationId.toString(), isRequest };
}

type Id = ReturnType<typeof newObjectId>;
type Invoice = ReturnType<typeof detailsAtSignup>;

async function storeSignup(
  organizationId: Id,
  input: SignupInput,
  invoice: Invoice,
  passwordHash: string,
  holderId: Id | null,
  ip: string,
): Promise<void> {
  const ownerId = holderId ?? newObjectId();
  await masterTransaction(async (session) => {
    await organizationModel.create(
      [
        {
          _id: organizationId,
          ...factsOf(input),
          status: input.plan === 'enterprise' ? 'requested' : 'pending_payment',
          statusSince: new Date(),
          ownerId,
          usage: { seats: 1, storageBytes: 0 },
          ...(holderId ? { signupPasswordHash: passwordHash } : {}),
        },
      ],
      { session },
    );
    await enqueue('signup.mail', organizationId.toString(), undefined, { session });
    if (input.plan === 'enterprise') await mailRequestReceived(organizationId.toString(), input, session);
    if (invoice) await writeInvoiceDetails(organizationId, invoice, session);
    // The holder of the address has agreed to nothing yet, and is asked in the product.
    if (holderId) return;
    const { name, email } = input;
    await recordAcceptance(organizationId, { userId: ownerId, name, email, ip }, session);
    await userModel.create([{ _id: ownerId, ...claimOf(ownerId, email), name, passwordHash }], { session });
    await membershipModel.create([{ userId: ownerId, organizationId, role: 'owner', status: 'active' }], {
      session,
    });
  });
}

const factsOf = (input: SignupInput) => ({
  organizationName: input.organizationName,
  nameKey: foldName(input.organizationName),
  email: input.email,
  phone: input.phone,
  industry: input.industry,
  country: input.country,
  timeZone: input.timeZone,
  expectedUsers: input.expectedUsers,
  plan: input.plan,
  features: featuresOf(input.plan),
  checkoutChoice: { interval: input.interval, hasTrial: input.start === 'trial' },
  ...(input.salesNote ? { salesNote: input.salesNote } : {}),
});

async function continueSignup(
  organizationId: string,
  input: SignupInput,
  invoice: Invoice,
  ip: string,
): Promise<{ organizationId: string; isRequest: boolean }> {
  const isRequest = input.plan === 'enterprise';
  await masterTransaction(async (session) => {
    const begun = await organizationModel
      .findOneAndUpdate(
        { _id: organizationId, status: 'pending_payment' },
        {
          $set: { ...factsOf(input), ...(isRequest ? { status: 'requested', statusSince: new Date() } : {}) },
        },
        { session },
      )
      .select('+signupPasswordHash ownerId acceptedVersions')
      .lean();
    if (begun && invoice) await writeInvoiceDetails(begun._id, invoice, session);
    if (begun && isRequest) await mailRequestReceived(organizationId, input, session);
    if (!begun || begun.signupPasswordHash || dueOf(currentVersions(), versionsOf(begun)).length === 0)
      return;
    const { name, email } = input;
    await recordAcceptance(begun._id, { userId: begun.ownerId, name, email, ip }, session);
  });
  if (isRequest) wakeWorker();
  return { organizationId, isRequest };
}
