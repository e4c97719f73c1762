import '@/server/master-models';
import '@/server/tenant-models';
import { rmSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { signUp } from '@/features/fleet/signup/service';
import { proveAddress } from '@/features/identity/mailbox/service';
import { ensureFirstAdmin } from '@/features/platform/team/first-admin';
import { createCheckout } from '@/features/subscription/billing/checkout';
import { hashRecoveryCode, newRecoveryCodes, sealTotpSecret } from '@/lib/auth/second-factor';
import { closeMaster, masterTransaction } from '@/lib/master/connection';
import { organizationModel } from '@/lib/master/models/organization';
import { secondFactorModel } from '@/lib/master/models/second-factor';
import { userModel } from '@/lib/master/models/user';
import { objectId } from '@/lib/mongo';
import { closeProvisioner } from '@/lib/provisioning/providers/self-hosted';
import type { TenantContext } from '@/lib/tenancy/context';
import { drainTenants } from '@/lib/tenancy/factory';
import { seedClinic } from './clinic';
import { seedCompanySide } from './company';
import { addStaff, openContext } from './context';
import { HOSPITALS, type Hospital } from './hospitals';

type Account = { role: string; email: string; password: string; organization: string };

/** Makes what is missing of the demonstration data; the last line on stdout is `{ accounts }`. */
export async function main(): Promise<void> {
  const password = process.env.DEMO_PASSWORD;
  if (!password) throw new Error('DEMO_PASSWORD is not set');
  await seedAdminFactor();
  const accounts: Account[] = [];
  const opened: { hospital: Hospital; ctx: TenantContext }[] = [];
  for (const hospital of HOSPITALS) {
    const made = await openHospital(hospital, password);
    accounts.push(...made.accounts);
    if (made.ctx) opened.push({ hospital, ctx: made.ctx });
  }
  // Each has a database of its own, and while one waits for it the other is made.
  await Promise.all(opened.map(fill));
  // In turn: the company counts tickets and the like over all of them.
  for (const { ctx } of opened) await seedCompanySide(ctx);
  markUnfinished(false);
  drainTenants();
  await closeProvisioner();
  await closeMaster();
  process.stdout.write(`${JSON.stringify({ accounts })}\n`);
}

/** What is begun and not finished is made once more by the next start (scripts/lib/stack.mjs). */
function markUnfinished(is: boolean): void {
  const file = process.env.DEMO_UNFINISHED;
  if (!file) return;
  if (is) writeFileSync(file, '');
  else rmSync(file, { force: true });
}

/**
 * The company's pages open with a second factor only. The demonstration's first person has one whose key is
 * printed with the accounts; a real one sets theirs up at the first sign-in.
 */
async function seedAdminFactor(): Promise<void> {
  const { PLATFORM_ADMIN_EMAIL: email, DEMO_ADMIN_TOTP_SECRET: secret } = process.env;
  if (!email || !secret) return;
  await ensureFirstAdmin();
  const admin = await userModel
    .findOne({ emailKey: email.toLowerCase(), platformRole: 'owner', secondFactorSince: null })
    .lean();
  if (!admin) return;
  const userId = admin._id.toString();
  const now = new Date();
  const totpSecret = sealTotpSecret(userId, secret);
  await secondFactorModel.updateOne(
    { _id: admin._id },
    { $set: { totpSecret, totpAddedAt: now, recoveryHashes: newRecoveryCodes().map(hashRecoveryCode) } },
    { upsert: true },
  );
  await userModel.updateOne({ _id: admin._id }, { $set: { secondFactorSince: now, factorAddedAt: now } });
}

/** Signed up, paid and staffed; without a context where it was there, or nobody can pay for it. */
async function openHospital(
  hospital: Hospital,
  password: string,
): Promise<{ accounts: Account[]; ctx?: TenantContext }> {
  const accounts = hospital.staff.map(({ role, email }) => ({
    role,
    email,
    password,
    organization: hospital.name,
  }));
  const [owner] = hospital.staff;
  if (!owner) throw new Error(`${hospital.name} has no owner`);
  if (await userModel.exists({ emailKey: owner.email })) return { accounts };

  markUnfinished(true);
  const { organizationId } = await signUp({
    organizationName: hospital.name,
    email: owner.email,
    phone: hospital.phone,
    industry: 'eye-hospital',
    expectedUsers: hospital.staff.length,
    country: hospital.country,
    name: owner.name,
    password,
    timeZone: hospital.timeZone,
    plan: hospital.plan,
    interval: 'month' as const,
    start: 'paid' as const,
    accepts: 'on' as const,
  });
  // With real Stripe nobody can pay for a demonstration hospital.
  if (!process.env.STRIPE_EMULATOR_URL) return { accounts: [] };
  const { sessionId } = await createCheckout(organizationId, hospital.plan);
  const paid = await fetch(`${process.env.STRIPE_EMULATOR_URL}/_emulator/checkout/${sessionId}/complete`, {
    method: 'POST',
    headers: { authorization: 'Bearer sk_test_chakravue_local' },
  });
  if (!paid.ok) throw new Error(`The payment emulator answered ${paid.status}: ${await paid.text()}`);
  await untilActive(organizationId);
  const claim = await userModel.findOne({ claimedEmailKey: owner.email }).orFail().lean();
  await masterTransaction((session) => proveAddress(claim, { isSamePerson: true }, session));

  const ctx = await openContext(organizationId);

  for (const person of hospital.staff.slice(1)) await addStaff(ctx, person, password);
  return { accounts, ctx };
}

async function fill({ hospital, ctx }: { hospital: Hospital; ctx: TenantContext }): Promise<void> {
  const history = await seedClinic(ctx, hospital);
  if (history) process.stderr.write(`  ${history}\n`);
}

async function untilActive(organizationId: string): Promise<void> {
  for (const until = Date.now() + 60_000; Date.now() < until; await delay(100)) {
    const row = await organizationModel.findById(objectId(organizationId)).select('status').lean();
    if (row?.status === 'active') return;
  }
  throw new Error('The demonstration hospital did not become active within a minute');
}
