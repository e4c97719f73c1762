import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import '@/server/master-models';
import { ensureMasterIndexes } from '@/lib/master/define-master-model';
import { organizationModel } from '@/lib/master/models/organization';
import { objectId } from '@/lib/mongo';
import { billedOrganization } from '@/tests/builders/billed-organization';
import { closeConnections } from '@/tests/builders/organization';
import { trialClaimModel } from './model';
import { claimTrial } from './trials';

const settled = async (claims: Promise<void>[]) =>
  (await Promise.allSettled(claims)).map(({ status }) => status).sort();

describe('claimTrial', () => {
  beforeAll(ensureMasterIndexes);
  afterAll(closeConnections);

  it('lets the same organization come back to its payment page', async () => {
    const id = await billedOrganization();
    await claimTrial(id);
    await expect(claimTrial(id)).resolves.toBeUndefined();
  });

  it('refuses a second one once a subscription existed', async () => {
    const id = await billedOrganization();
    await claimTrial(id);
    await organizationModel.updateOne({ _id: objectId(id) }, { $set: { subscriptionId: 'sub_1' } });
    await expect(claimTrial(id)).rejects.toMatchObject({ code: 'CONFLICT', field: 'start' });
  });

  it('gives one of ten organizations with the same mailbox the trial, at the same moment', async () => {
    for (let round = 0; round < 3; round++) {
      const ids = await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          billedOrganization({ email: `same${round}+${index}@hospital.test` }),
        ),
      );
      const outcomes = await settled(ids.map(claimTrial));
      expect(outcomes.filter((status) => status === 'fulfilled')).toHaveLength(1);
      const holders = await trialClaimModel.find({ _id: `email:same${round}@hospital.test` }).lean();
      expect(holders).toHaveLength(1);
    }
  });

  it('claims nothing for those who were refused', async () => {
    const first = await billedOrganization({ email: 'taken@hospital.test' });
    const second = await billedOrganization({ email: 'Taken+2@hospital.test' });
    await claimTrial(first);
    await expect(claimTrial(second)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await trialClaimModel.countDocuments({ _id: `organization:${second}` })).toBe(0);
  });

  it('lets one organization claim from several windows at once', async () => {
    const id = await billedOrganization();
    expect(await settled(Array.from({ length: 8 }, () => claimTrial(id)))).toEqual(
      Array(8).fill('fulfilled'),
    );
  });
});
