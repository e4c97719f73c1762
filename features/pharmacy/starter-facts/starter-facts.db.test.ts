import { afterAll, beforeAll, expect, it } from 'vitest';
import { medicineModel } from '@/features/pharmacy/medicines/model';
import { getMedicine } from '@/features/pharmacy/medicines/queries';
import { updateMedicineInput } from '@/features/pharmacy/medicines/schema';
import { addStarterFormulary, updateMedicine } from '@/features/pharmacy/medicines/service';
import { STARTER_FORMULARY } from '@/features/pharmacy/medicines/starter-formulary';
import type { TenantContext } from '@/lib/tenancy/context';
import { expectIndexed } from '@/tests/assertions/explain';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { starterMark } from './policy';
import { findStarters, listStarterOffers } from './queries';
import { takeStarterFactsInput } from './schema';
import { takeStarterFacts } from './service';

let org: Awaited<ReturnType<typeof testOrganization>>;
let ctx: TenantContext;
beforeAll(async () => {
  org = await testOrganization();
  const made = org.ctx('pharmacist');
  ctx = { ...made, organization: { ...made.organization, country: 'IN' } };
});
afterAll(async () => {
  await org.dispose();
  await closeConnections();
});

const offerOf = async (name: string) => {
  const offer = (await listStarterOffers(ctx)).find((one) => one.name.startsWith(name));
  if (!offer) throw new Error(`Nothing is offered for ${name}`);
  return offer;
};
const take = (...offers: Parameters<typeof starterMark>[0][]) =>
  takeStarterFacts(ctx, takeStarterFactsInput.parse({ medicines: offers.map(starterMark) }));

it('begins with classes, packs and taxes, and asks where the class is not known', async () => {
  await addStarterFormulary(ctx);
  const rows = await medicineModel(ctx).find({}).lean();
  expect(rows).toHaveLength(STARTER_FORMULARY.length);
  expect(rows.every(({ pack, taxClass }) => pack && taxClass === 'medicine')).toBe(true);
  const classOf = (name: string) => rows.find((row) => row.name === name)?.controlClass ?? null;
  expect([classOf('Moxifloxacin'), classOf('Timolol'), classOf('Atropine')]).toEqual(['h1', 'h', null]);
  // Nothing is left to take over but what a pharmacist has to say.
  const offers = await listStarterOffers(ctx);
  expect(offers.every(({ offered, isClassOpen }) => offered.length === 0 && isClassOpen)).toBe(true);
  expectIndexed(await findStarters(ctx).explain('executionStats'));
});

it('offers medicines of before what nobody has said of them, and overwrites nothing', async () => {
  await medicineModel(ctx).updateMany({}, { $unset: { pack: '', controlClass: '', taxClass: '' } });
  await medicineModel(ctx).updateOne({ name: 'Timolol' }, { $set: { controlClass: 'h1', pack: '10 ml' } });
  const timolol = await offerOf('Timolol');
  const moxifloxacin = await offerOf('Moxifloxacin');
  expect(timolol.offered.map(({ field }) => field)).toEqual(['taxClass']);
  expect(timolol.otherwise.map(({ own }) => own)).toEqual(['Schedule H1', '10 ml']);
  expect(await take(moxifloxacin, timolol)).toBe(2);
  expect(await getMedicine(ctx, timolol.medicineId)).toMatchObject({
    ...{ controlClass: 'h1', pack: '10 ml', taxClass: 'medicine' },
  });
  expect(await getMedicine(ctx, moxifloxacin.medicineId)).toMatchObject({
    ...{ controlClass: 'h1', pack: '5 ml', taxClass: 'medicine' },
  });
});

it('takes nothing over where somebody has changed a medicine since, of none that was chosen', async () => {
  const [shown, other] = [await offerOf('Latanoprost'), await offerOf('Brimonidine')];
  const { name, form, strength, unit } = await getMedicine(ctx, shown.medicineId);
  const changed = { medicineId: shown.medicineId, version: shown.version, name, form, unit };
  await updateMedicine(
    ctx,
    updateMedicineInput.parse({
      ...{
        ...changed,
        strength: strength ?? '',
        genericName: '',
        reorderLevel: '7',
        price: '',
        openDays: '',
      },
    }),
  );
  await expect(take(other, shown)).rejects.toMatchObject({ code: 'CONFLICT' });
  expect((await getMedicine(ctx, other.medicineId)).controlClass).toBeNull();
});
