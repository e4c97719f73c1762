import { randomUUID } from 'node:crypto';
import { hashPassword } from '@/lib/crypto/password';
import { featuresOf } from '@/lib/features/billing/grants';
import { addMedicineInput } from '@/lib/features/medicines/schema';
import { addMedicine, receiveStock } from '@/lib/features/medicines/service';
import { STARTER_FORMULARY } from '@/lib/features/medicines/starter-formulary';
import { provisionOrganization } from '@/lib/features/provisioning/service';
import { rebuildRollups } from '@/lib/features/reports/rollups/roll-up';
import { foldName } from '@/lib/features/signup/service';
import { masterTransaction } from '@/lib/master/connection';
import { membershipModel } from '@/lib/master/models/membership';
import { organizationModel } from '@/lib/master/models/organization';
import { userModel } from '@/lib/master/models/user';
import type { StaffRole } from '@/lib/master/vocabulary';
import { newObjectId, objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { shiftDay, today } from '@/lib/time';
import { addStaff, openContext } from '../seed/context';
import { addHistory } from './history';
import { PILOT_KINDS, type PilotKind } from './kinds';

export const PILOT_PASSWORD = 'pilot hospitals only';

export type Pilot = { kind: PilotKind; organizationId: string; ctx: TenantContext };
type Options = { count: number; visits: number; seed: number; log: (line: string) => void };

/** Makes the organizations that are not there yet, each with two years behind it. Run again, it finds them. */
export async function makePilot({ count, visits, seed, log }: Options): Promise<Pilot[]> {
  const pilots: Pilot[] = [];
  for (let index = 0; index < count; index++) {
    const kind = PILOT_KINDS[index % PILOT_KINDS.length];
    if (!kind) continue;
    const round = Math.floor(index / PILOT_KINDS.length);
    const name = round === 0 ? kind.name : `${kind.name} ${round + 1}`;
    const organizationId = await ensureOrganization(kind, name, round);
    const ctx = await openContext(organizationId);
    const added = await addHistory(ctx, kind, {
      visits: Math.round(visits * kind.history),
      seed: seed + index,
    });
    if (added > 0) await rebuildRollups(ctx);
    await ensureMedicines(ctx);
    await settleStatus(organizationId, kind);
    log(`${name}: ${added > 0 ? `${added} visits made` : 'was there'}, ${kind.plan}, ${kind.status}`);
    pilots.push({ kind, organizationId, ctx });
  }
  return pilots;
}

async function ensureOrganization(kind: PilotKind, name: string, round: number): Promise<string> {
  const organizations = await organizationModel();
  const nameKey = foldName(name);
  const known = await organizations
    .findOne({ nameKey, country: kind.country })
    .select('_id placement')
    .lean();
  if (known?.placement?.schemaVersion) return known._id.toString();
  const tag = `${kind.key}${round || ''}`;
  const organizationId = known?._id.toString() ?? (await createOrganization(kind, name, nameKey, tag));
  await provisionOrganization(organizationId, randomUUID());
  const ctx = await openContext(organizationId);
  for (const [role, people] of Object.entries(kind.staff))
    for (let index = 1; index <= people; index++) {
      const email = `${role}${index}@${tag}.pilot.test`;
      if (await (await userModel()).exists({ emailKey: email })) continue;
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

async function createOrganization(
  kind: PilotKind,
  name: string,
  nameKey: string,
  tag: string,
): Promise<string> {
  const [_id, ownerId] = [newObjectId(), newObjectId()];
  const email = `owner@${tag}.pilot.test`;
  const passwordHash = await hashPassword(PILOT_PASSWORD);
  const [organizations, users, memberships] = [
    await organizationModel(),
    await userModel(),
    await membershipModel(),
  ];
  await masterTransaction(async (session) => {
    await users.create(
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
    await organizations.create(
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
          status: 'provisioning',
          statusSince: new Date(),
          ownerId,
          usage: { seats: 1, storageBytes: 0 },
        },
      ],
      { session },
    );
    await memberships.create([{ userId: ownerId, organizationId: _id, role: 'owner', status: 'active' }], {
      session,
    });
  });
  return _id.toString();
}

/** Stock that lasts for the busiest day. */
async function ensureMedicines(ctx: TenantContext): Promise<void> {
  for (const entry of STARTER_FORMULARY.slice(0, 6)) {
    const input = addMedicineInput.parse({ ...entry, reorderLevel: String(entry.reorderLevel), price: '12' });
    const medicine = await addMedicine(ctx, input).catch(() => null);
    if (!medicine) continue;
    await receiveStock(ctx, {
      medicineId: medicine.id,
      lotNumber: 'PILOT1',
      expiresOn: shiftDay(today(ctx.timeZone), 400),
      quantity: 100_000,
    });
  }
}

/** What Stripe would have said: these have no subscription there, so that nothing is ever charged for them. */
async function settleStatus(organizationId: string, { status }: PilotKind): Promise<void> {
  if (status === 'active') return;
  const since = new Date(Date.now() - 10 * 86_400_000);
  await (await organizationModel()).updateOne(
    { _id: objectId(organizationId) },
    {
      $set: {
        status,
        statusSince: since,
        nonPayment: { since, stage: status === 'read_only' ? 'read_only' : 'retrying' },
      },
    },
  );
}
