import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findFace } from '@/features/identity/face/queries';
import { getLetterhead } from '@/features/identity/papers/queries';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { seedClinic } from './clinic';
import { addStaff } from './context';
import { HOSPITALS } from './hospitals';
import { asTemplate } from './template';

type Organization = Awaited<ReturnType<typeof testOrganization>>;

describe('the demonstration data of several hospitals', () => {
  let hospital: Organization;
  let template: Organization;
  beforeAll(async () => {
    [hospital, template] = [await testOrganization(), await testOrganization()];
  });
  afterAll(async () => {
    await hospital.dispose();
    await template.dispose();
    await closeConnections();
  });

  it('stands side by side: a template has neither the name nor the address of the hospital it is like', async () => {
    const [model] = HOSPITALS;
    if (!model?.face) throw new Error('The first hospital shows its face.');
    for (const [organization, like] of [
      [hospital, { ...model, visits: 0 }],
      [template, asTemplate(model)],
    ] as const) {
      const doctor = {
        role: 'doctor' as const,
        name: 'Dr Show',
        email: `${organization.organizationId}@show.test`,
      };
      await addStaff(organization.ctx(), doctor, 'a long enough passphrase');
      await seedClinic(organization.ctx(), like);
    }
    expect(await findFace(model.face.slug)).toMatchObject({ name: model.name });
    expect((await getLetterhead(template.ctx())).name).toBe(template.ctx().organization.name);
  }, 120_000);
});
