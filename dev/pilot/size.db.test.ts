import { expect, it } from 'vitest';
import { rebuildRollups } from '@/features/insight/reports/rollups/roll-up';
import { addMedicineInput } from '@/features/pharmacy/medicines/schema';
import { addMedicine } from '@/features/pharmacy/medicines/service';
import { STARTER_FORMULARY } from '@/features/pharmacy/medicines/starter-formulary';
import { tenantDefinitions } from '@/lib/tenancy/define-tenant-model';
import { testOrganization } from '@/tests/builders/organization';
import { medicinePrice } from './history/medicine-prices';
import { PEOPLE_OF } from './history/names';
import { addHistory } from './history/walk';

it('size', async () => {
  const organization = await testOrganization({ plan: 'professional' });
  for (const name of ['Dr A', 'Dr B']) await organization.doctor({ name });
  const ctx = organization.ctx();
  for (const entry of STARTER_FORMULARY)
    await addMedicine(
      ctx,
      addMedicineInput.parse({
        ...entry,
        reorderLevel: String(entry.reorderLevel),
        price: medicinePrice(entry.name, 'IN'),
      }),
    );
  const cpu = process.cpuUsage();
  const t = performance.now();
  await addHistory(ctx, { names: PEOPLE_OF.IN, patientsPerDay: 50 }, { visits: 12_000, seed: 1, growth: 9 });
  const t1 = performance.now();
  const used = process.cpuUsage(cpu);
  await rebuildRollups(ctx);
  const t2 = performance.now();
  const counts = [];
  for (const d of tenantDefinitions()) {
    const n = await ctx.db.model(d).estimatedDocumentCount();
    if (n > 100) counts.push([d.collection, n]);
  }
  console.log(
    JSON.stringify({ history: t1 - t, cpu: (used.user + used.system) / 1e3, rollups: t2 - t1, counts }),
  );
  expect(1).toBe(1);
}, 120_000);
