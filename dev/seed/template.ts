import { setTimeout as delay } from 'node:timers/promises';
import { demoInput } from '@/features/fleet/demos/schema';
import { makeDemo } from '@/features/fleet/demos/service';
import { organizationModel } from '@/lib/master/models/organization';
import { objectId } from '@/lib/mongo';
import { seedClinic } from './clinic';
import { addStaff, openContext } from './context';
import { HOSPITALS, type Hospital } from './hospitals';

const NAME = 'Demonstration template';

/** A hospital as it is copied: without a past, and without the name and address of another. */
export const asTemplate = (model: Hospital): Hospital => ({ ...model, visits: 0, face: null });

/**
 * What the company fills its demos from: a hospital in the middle of a morning, with nobody real in it. The
 * browser's tests make their own.
 */
export async function seedTemplate(password: string): Promise<void> {
  const [model] = HOSPITALS;
  if (process.env.DEMO_HISTORY === '0' || !model) return;
  if (await organizationModel.exists({ purpose: 'template', organizationName: NAME })) return;
  const organizationId = await makeDemo(
    null,
    demoInput.parse({
      purpose: 'template',
      organizationName: NAME,
      ownerName: 'Dr Meera Show',
      ownerEmail: 'template@chakravue.test',
    }),
  );
  for (const until = Date.now() + 60_000; Date.now() < until; await delay(100)) {
    const row = await organizationModel.findById(objectId(organizationId)).select('status').lean();
    if (row?.status === 'active') break;
  }
  const ctx = await openContext(organizationId);
  await addStaff(
    ctx,
    { role: 'doctor', name: 'Dr Rohan Show', email: 'doctor.template@chakravue.test' },
    password,
  );
  await seedClinic(ctx, asTemplate(model));
}
