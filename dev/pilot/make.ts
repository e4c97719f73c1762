import { randomUUID } from 'node:crypto';
import { provisionOrganization } from '@/features/fleet/provisioning/work';
import { rebuildRollups } from '@/features/insight/reports/rollups/roll-up';
import { batchModel, medicineModel } from '@/features/pharmacy/medicines/model';
import { addMedicineInput } from '@/features/pharmacy/medicines/schema';
import { addMedicine, receiveStock } from '@/features/pharmacy/medicines/service';
import { STARTER_FORMULARY, starterFacts } from '@/features/pharmacy/medicines/starter-formulary';
import { featuresOf } from '@/features/subscription/billing/grants';
import { hashPassword } from '@/lib/crypto/password';
import { isAppError } from '@/lib/errors';
import { masterTransaction } from '@/lib/master/connection';
import { membershipModel } from '@/lib/master/models/membership';
import { organizationModel } from '@/lib/master/models/organization';
import { userModel } from '@/lib/master/models/user';
import type { OrganizationState, PlanId, StaffRole } from '@/lib/master/vocabulary';
import { newObjectId, objectId } from '@/lib/mongo';
import { foldName } from '@/lib/organizations/fold-name';
import type { TenantContext } from '@/lib/tenancy/context';
import { shiftDay, today } from '@/lib/time';
import { assertDone } from '@/lib/work/outcome';
import { addStaff, openContext } from '../seed/context';
import { medicinePrice } from './history/medicine-prices';
import { addHistory } from './history/walk';
import { PILOT_KINDS, type PilotKind } from './kinds';
import { payPilot } from './money';

export const PILOT_PASSWORD = 'pilot hospitals only';

export type Pilot = { kind: PilotKind; organizationId: string; ctx: TenantContext };
type Options = {
  count: number;
  visits: number;
  seed: number;
  log: (line: string) => void;
  /** Two years of invoices at the Stripe that is configured. Without it no Stripe is asked for anything. */
  hasMoney?: boolean;
};

/**
 * Makes the organizations that are not there yet, each with two years behind it. Run again, it finds them.
 */
export async function makePilot({ count, visits, seed, log, hasMoney = false }: Options): Promise<Pilot[]> {
  const pilots: Pilot[] = [];
  for (let index = 0; index < count; index++) {
    const kind = PILOT_KINDS[index % PILOT_KINDS.length];
    if (!kind) continue;
    const round = Math.floor(index / PILOT_KINDS.length);
    const name = round === 0 ? kind.name : `${kind.name} ${round + 1}`;
    const organizationId = await ensureOrganization(kind, name, round, hasMoney);
    const paid = hasMoney ? await payPilot(await openContext(organizationId), kind) : null;
    if (!hasMoney) await settleStatus(organizationId, kind);
    const ctx = await openContext(organizationId);
    await ensureFormulary(ctx);
    const added = await addHistory(ctx, kind, {
      visits: Math.round(visits * kind.history),
      seed: seed + index,
    });
    if (added > 0) await rebuildRollups(ctx);
    await ensureStock(ctx);
    const { plan, status } = ctx.organization;
    const money = paid === 'paid' ? ', two years of invoices' : paid === 'not billed' ? ', not billed' : '';
    log(`${name}: ${added > 0 ? `${added} visits made` : 'was there'}, ${plan}, ${status}${money}`);
    pilots.push({ kind, organizationId, ctx });
  }
  return pilots;
}

async function ensureOrganization(
  kind: PilotKind,
  name: string,
  round: number,
  hasMoney: boolean,
): Promise<string> {
  const nameKey = foldName(name);
  const known = await organizationModel
    .findOne({ nameKey, country: kind.country })
    .select('_id placement')
    .lean();
  if (known?.placement?.schemaVersion) return known._id.toString();
  const tag = `${kind.key}${round || ''}`;
  const organizationId =
    known?._id.toString() ?? (await createOrganization({ kind, name, nameKey, tag, hasMoney }));
  assertDone(await provisionOrganization(organizationId, randomUUID()));
  const ctx = await openContext(organizationId);
  for (const [role, people] of Object.entries(kind.staff))
    for (let index = 1; index <= people; index++) {
      const email = `${role}${index}@${tag}.pilot.test`;
      if (await userModel.exists({ emailKey: email })) continue;
      const first = kind.names.first[index % kind.names.first.length] ?? 'A';
      const last = kind.names.last[(index + role.length) % kind.names.last.length] ?? 'B';
      const title = role === 'doctor' ? 'Dr ' : '';
      await addStaff(
        ctx,
        { role: role as StaffRole, name: `${title}${first} ${last}`, email },
        PILOT_PASSWORD,
      );
    }
  return organizationId;
}

/** Who will pay waits for the payment as after a sign-up; for others the payment is taken as made. */
const firstStatus = (plan: PlanId, hasMoney: boolean): OrganizationState =>
  hasMoney ? (plan === 'enterprise' ? 'requested' : 'pending_payment') : 'provisioning';

async function createOrganization(given: {
  kind: PilotKind;
  name: string;
  nameKey: string;
  tag: string;
  hasMoney: boolean;
}): Promise<string> {
  const { kind, name, nameKey, tag, hasMoney } = given;
  const [_id, ownerId] = [newObjectId(), newObjectId()];
  const email = `owner@${tag}.pilot.test`;
  const passwordHash = await hashPassword(PILOT_PASSWORD);
  await masterTransaction(async (session) => {
    await userModel.create(
      [
        {
          _id: ownerId,
          email,
          emailKey: email,
          name: 'Dr Pilot Owner',
          passwordHash,
          emailVerifiedAt: new Date(),
        },
      ],
      { session },
    );
    await organizationModel.create(
      [
        {
          _id,
          organizationName: name,
          nameKey,
          email,
          phone: '+91 98450 12345',
          industry: 'eye-hospital',
          country: kind.country,
          timeZone: kind.timeZone,
          expectedUsers: 1 + Object.values(kind.staff).reduce((sum, people) => sum + people, 0),
          plan: kind.plan,
          features: featuresOf(kind.plan),
          status: firstStatus(kind.plan, hasMoney),
          statusSince: new Date(),
          ownerId,
          usage: { seats: 1, storageBytes: 0 },
        },
      ],
      { session },
    );
    await membershipModel.create(
      [{ userId: ownerId, organizationId: _id, role: 'owner', status: 'active' }],
      {
        session,
      },
    );
  });
  return _id.toString();
}

/** The usual medicines with what they cost; those that are there stay as they are. */
async function ensureFormulary(ctx: TenantContext): Promise<void> {
  for (const entry of STARTER_FORMULARY) {
    const price = medicinePrice(entry.name, ctx.organization.country);
    const facts = starterFacts(entry, ctx.organization.country);
    const input = addMedicineInput.parse({ ...facts, reorderLevel: String(entry.reorderLevel), price });
    await addMedicine(ctx, input).catch((error: unknown) => {
      if (!isAppError(error)) throw error;
    });
  }
}

/** Stock of the first medicines that lasts for the busiest day. */
async function ensureStock(ctx: TenantContext): Promise<void> {
  const medicines = await medicineModel(ctx).find({}).sort({ _id: 1 }).select('_id').limit(6).lean();
  if (await batchModel(ctx).exists({ lotNumber: 'PILOT1' })) return;
  for (const { _id } of medicines) {
    await receiveStock(ctx, {
      medicineId: _id.toString(),
      lotNumber: 'PILOT1',
      expiresOn: shiftDay(today(ctx.timeZone), 400),
      quantity: 100_000,
    });
  }
}

/**
 * What Stripe would have said, only where none takes part: a hospital that has a customer there is left to
 * `syncSubscription`.
 */
async function settleStatus(organizationId: string, { status }: PilotKind): Promise<void> {
  if (status === 'active') return;
  const since = new Date(Date.now() - 10 * 86_400_000);
  await organizationModel.updateOne(
    { _id: objectId(organizationId), stripeCustomerId: null },
    {
      $set: {
        status,
        statusSince: since,
        nonPayment: { since, stage: status === 'read_only' ? 'read_only' : 'retrying' },
      },
    },
  );
}
