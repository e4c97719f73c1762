import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { incidentModel } from '@/features/fleet/status/model';
import { maintainAllAudits, sweepMasterNotes } from '@/features/insight/audit/maintain';
import { patientModel } from '@/features/patients/patients/model';
import { feedbackModel } from '@/features/support/feedback/model';
import { auditEventModel, auditNoteModel, platformLedger, tenantLedger } from '@/lib/audit/ledger';
import { verdictOf } from '@/lib/audit/verify';
import { platformAuditModel } from '@/lib/master/models/audit-event';
import { auditOutboxModel } from '@/lib/master/models/audit-outbox';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { Changers, type Death } from './changer';

/** `npm run chaos`: a death at every message of every kind of change; without it the most dangerous ones. */
const isLong = Number(process.env.CHAOS_ROUNDS ?? 0) > 0;

const KINDS = ['organization', 'support', 'master', 'company'] as const;
type Kind = (typeof KINDS)[number];
const changers = new Changers();
let org: Awaited<ReturnType<typeof testOrganization>>;
beforeAll(async () => {
  await changers.begin();
  org = await testOrganization();
});
afterAll(async () => {
  await changers.end();
  await org.dispose();
  await closeConnections();
});

const makeChange = (kind: Kind, token: string, killAt?: Death) =>
  changers.make(kind, { organizationId: org.organizationId, userId: org.owner.id, token, killAt });

/** How often the change is in the records that carry its token. */
async function changesOf(kind: Kind, token: string): Promise<number> {
  if (kind === 'master') return feedbackModel.countDocuments({ userName: token });
  if (kind === 'company') return incidentModel.countDocuments({ title: token });
  return patientModel({ db: org.db }).countDocuments({ createdByName: token });
}

/** How often the change is in each of the logs. */
async function entriesOf(token: string) {
  const [own, company] = await Promise.all([
    auditEventModel({ db: org.db }).find({ requestId: token }).lean(),
    platformAuditModel.find({ requestId: token }).lean(),
  ]);
  for (const { result } of [...own, ...company]) expect(result).toBe('ok');
  return { own: own.length, company: company.length };
}

async function expectOneEntry(kind: Kind, token: string, said: string): Promise<number> {
  const changes = await changesOf(kind, token);
  expect(changes, said).toBeLessThanOrEqual(1);
  expect(await entriesOf(token), said).toEqual({
    own: kind === 'company' ? 0 : changes,
    company: kind === 'company' || kind === 'support' ? changes : 0,
  });
  return changes;
}

/** Before and after each commit, and around what is removed last; in the long form everywhere. */
function deathsAmong(sent: readonly string[]): Death[] {
  return sent.flatMap((command, index): Death[] =>
    isLong || command === 'commitTransaction' || command === 'delete'
      ? [
          { index, moment: 'before' },
          { index, moment: 'sent' },
        ]
      : [],
  );
}

it.each(KINDS)(
  'a process that dies between a change (%s) and the log leaves exactly one entry for what it changed, and none for the rest',
  { timeout: isLong ? 3_600_000 : 600_000 },
  async (kind) => {
    const whole = `${kind} ${randomUUID().slice(0, 8)}`;
    const sent = await makeChange(kind, whole);
    if (!sent) throw new Error('The change that nobody disturbed did not end');
    expect(await expectOneEntry(kind, whole, 'undisturbed')).toBe(1);
    const deaths = deathsAmong(sent);
    expect(deaths.length).toBeGreaterThan(3);
    const outcomes: number[] = [];
    for (const death of deaths) {
      const token = `${kind} ${randomUUID().slice(0, 8)}`;
      const said = `${kind}: died at ${sent[death.index]} (${death.index}), ${death.moment}`;
      const left = await makeChange(kind, token, death);
      expect(left, said).toBeNull();
      // The regular work; twice is the same as once.
      for (let round = 0; round < 2; round++) {
        await maintainAllAudits();
        await sweepMasterNotes();
      }
      outcomes.push(await expectOneEntry(kind, token, said));
    }
    // Deaths on both sides of the change were among them.
    expect(new Set(outcomes)).toEqual(new Set([0, 1]));
    expect(await auditNoteModel({ db: org.db }).countDocuments({})).toBe(0);
    expect(await auditOutboxModel.countDocuments({})).toBe(0);
    expect(await verdictOf(tenantLedger(org.db))).toMatchObject({ status: 'intact' });
    expect(await verdictOf(platformLedger())).toMatchObject({ status: 'intact' });
  },
);
