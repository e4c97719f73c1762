import 'server-only';
import { cookieName, SIGNUP_COOKIE } from '@/lib/cookie-names';
import { signValue, verifySignedValue } from '@/lib/crypto/cipher';
import { refuseCommonPassword } from '@/lib/crypto/common-passwords';
import { hashPassword, verifyPassword } from '@/lib/crypto/password';
import { env } from '@/lib/env';
import { AppError, duplicateKey } from '@/lib/errors';
import { masterTransaction } from '@/lib/master/connection';
import { membershipModel } from '@/lib/master/models/membership';
import { organizationModel } from '@/lib/master/models/organization';
import { userModel } from '@/lib/master/models/user';
import { newObjectId } from '@/lib/mongo';
import { clearPoints, takePoint } from '@/lib/rate-limit/limiter';
import { sendVerificationMail } from '../account/service';
import { featuresOf } from '../billing/grants';
import type { SignupInput } from './schema';

const EMAIL_TAKEN = 'There is an account with this e-mail already. Sign in with it, or use another address.';
const organizationTaken = (name: string): string =>
  `${name} is signed up already. If you work there, ask its owner to invite you; if it is another one, add the city to the name.`;

/** Letters and digits only, lower case, without accents: how names are compared. */
export const foldName = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/**
 * Whether the details of step 1 can be used.
 * @throws AppError CONFLICT on the field that is taken. A person who began before and knows the password may go on.
 */
export async function checkSignup(
  input: Pick<SignupInput, 'organizationName' | 'email' | 'country' | 'password'>,
): Promise<void> {
  await refuseCommonPassword(input.password, 'password');
  if (await findUnfinished(input)) return;
  const [user, organization] = await Promise.all([
    (await userModel()).exists({ emailKey: input.email.toLowerCase() }),
    (await organizationModel()).exists({ nameKey: foldName(input.organizationName), country: input.country }),
  ]);
  if (user) throw new AppError('CONFLICT', EMAIL_TAKEN, { field: 'email' });
  if (organization)
    throw new AppError('CONFLICT', organizationTaken(input.organizationName), { field: 'organizationName' });
}

/** The organization that the same person began to sign up and has not paid for. */
async function findUnfinished(input: Pick<SignupInput, 'email' | 'password'>): Promise<string | null> {
  const user = await (await userModel())
    .findOne({ emailKey: input.email.toLowerCase() })
    .select('+passwordHash')
    .lean();
  const organization = user
    ? await (await organizationModel())
        .findOne({ ownerId: user._id, status: 'pending_payment' })
        .select('_id')
        .lean()
    : null;
  // The same work for every address, and as few guesses as at sign-in.
  await takePoint('sign-in.account', input.email.toLowerCase());
  const matches = await verifyPassword(user?.passwordHash, input.password);
  // Nothing can be guessed of an address that nobody has.
  if (!user) await clearPoints('sign-in.account', input.email.toLowerCase());
  if (!organization || !matches) return null;
  await clearPoints('sign-in.account', input.email.toLowerCase());
  return organization._id.toString();
}

/**
 * Stores the organization, its owner and the membership together, the password hashed before anything is written.
 * Enterprise is stored as a request for the sales team, the others wait for payment. Nobody can enter yet.
 * @returns the organization's id. @throws AppError CONFLICT when the address or the organization is taken.
 */
export async function signUp(input: SignupInput): Promise<{ organizationId: string; isRequest: boolean }> {
  await refuseCommonPassword(input.password, 'password');
  const passwordHash = await hashPassword(input.password);
  const unfinished = await findUnfinished(input);
  if (unfinished) return continueSignup(unfinished, input);

  const organizationId = newObjectId();
  const userId = newObjectId();
  const isRequest = input.plan === 'enterprise';
  const [organizations, users, memberships] = [
    await organizationModel(),
    await userModel(),
    await membershipModel(),
  ];
  try {
    await masterTransaction(async (session) => {
      await users.create(
        [
          {
            _id: userId,
            email: input.email,
            emailKey: input.email.toLowerCase(),
            name: input.name,
            passwordHash,
          },
        ],
        { session },
      );
      await organizations.create(
        [
          {
            _id: organizationId,
            ...factsOf(input),
            status: isRequest ? 'requested' : 'pending_payment',
            statusSince: new Date(),
            ownerId: userId,
            usage: { seats: 1, storageBytes: 0 },
          },
        ],
        { session },
      );
      await memberships.create([{ userId, organizationId, role: 'owner', status: 'active' }], { session });
    });
  } catch (error) {
    const key = duplicateKey(error);
    if (key && 'emailKey' in key) throw new AppError('CONFLICT', EMAIL_TAKEN, { field: 'email' });
    if (key)
      throw new AppError('CONFLICT', organizationTaken(input.organizationName), {
        field: 'organizationName',
      });
    throw error;
  }
  await sendVerificationMail(userId.toString());
  return { organizationId: organizationId.toString(), isRequest };
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
): Promise<{ organizationId: string; isRequest: boolean }> {
  const isRequest = input.plan === 'enterprise';
  try {
    await (await organizationModel()).updateOne(
      { _id: organizationId, status: 'pending_payment' },
      { $set: { ...factsOf(input), ...(isRequest ? { status: 'requested', statusSince: new Date() } : {}) } },
    );
  } catch (error) {
    if (!duplicateKey(error)) throw error;
    throw new AppError('CONFLICT', organizationTaken(input.organizationName), { field: 'organizationName' });
  }
  return { organizationId, isRequest };
}

const SIGNUP_COOKIE_HOURS = 48;
export const signupCookie = (): string => cookieName(SIGNUP_COOKIE, env().NEXTAUTH_URL);

/** Lets the browser that signed up watch its progress and pay, and nothing else. */
export const signupToken = (organizationId: string, now = new Date()): { value: string; expires: Date } => {
  const expires = new Date(now.getTime() + SIGNUP_COOKIE_HOURS * 3_600_000);
  return { value: signValue('signup', organizationId, expires), expires };
};

export const readSignupToken = (token: string): string | null => verifySignedValue('signup', token);
