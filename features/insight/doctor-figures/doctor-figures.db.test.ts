import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { issueBillInput } from '@/features/cashier/bills/schema';
import { issueBill } from '@/features/cashier/bills/service';
import { listOpenCharges } from '@/features/cashier/charges/queries';
import { dispensePrescriptionInput } from '@/features/dispensary/dispenses/schema';
import { dispensePrescription } from '@/features/dispensary/dispenses/service';
import { sellInput } from '@/features/dispensary/sales/schema';
import { sell } from '@/features/dispensary/sales/service';
import { findHandedOut, findPrescribed } from '@/features/insight/reports/rollups/papers';
import { receiveStockInput } from '@/features/pharmacy/medicines/schema';
import { receiveStock } from '@/features/pharmacy/medicines/service';
import type { TenantContext } from '@/lib/tenancy/context';
import { monthOf, shiftDay, shiftMonth, today } from '@/lib/time';
import { expectIndexed } from '@/tests/assertions/explain';
import { aMedicine } from '@/tests/builders/medicine';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { aLine, aPrescription, aRegistration } from '@/tests/builders/prescription';
import { listDoctorFigures } from './queries';
import { doctorFiguresRange } from './schema';

let org: Awaited<ReturnType<typeof testOrganization>>;
let doctor: TenantContext;
beforeAll(async () => {
  org = await testOrganization();
  doctor = org.ctx('doctor');
  await aRegistration(doctor, 'TN 1');
});
afterAll(async () => {
  await org.dispose();
  await closeConnections();
});

it('says what became of each doctor’s lines, what was billed of them and what it cost', async () => {
  const day = today(doctor.timeZone);
  const { id: medicineId } = await aMedicine(doctor);
  await receiveStock(
    doctor,
    receiveStockInput.parse({
      ...{ medicineId, lotNumber: 'A', quantity: '10', cost: '4' },
      expiresOn: shiftDay(day, 99),
    }),
  );
  const [whole, none] = [aLine({ medicineId, quantity: 2 }), aLine({ medicineId, quantity: 1 })];
  const { id: prescriptionId, patientId } = await aPrescription(doctor, { lines: [whole, none] });
  await dispensePrescription(
    doctor,
    dispensePrescriptionInput.parse({
      ...{ prescriptionId, version: 1, requestKey: randomUUID() },
      lines: JSON.stringify([{ lineId: whole.id, quantity: 2 }]),
    }),
  );
  const charges = await listOpenCharges(doctor, patientId);
  await issueBill(
    org.ctx(),
    issueBillInput.parse({
      ...{ patientId, requestKey: randomUUID() },
      lines: JSON.stringify(
        charges
          .filter((charge) => charge.medicineId === medicineId)
          .map(({ id, quantity, unitMinor }) => ({ chargeId: id, quantity, unitMinor })),
      ),
    }),
  );
  await sell(
    org.ctx(),
    sellInput.parse({
      ...{ requestKey: randomUUID(), totalMinor: '1300' },
      lines: JSON.stringify([{ medicineId, quantity: 1 }]),
    }),
  );
  const { figures } = await listDoctorFigures(doctor, doctorFiguresRange({ year: day.slice(0, 4) }, day));
  expect(await listDoctorFigures(doctor, doctorFiguresRange({}, day))).toEqual({
    preparedThrough: null,
    figures,
  });
  expect(figures).toMatchObject([
    {
      prescriptions: 1,
      lines: 2,
      whole: 1,
      nothing: 1,
      billedMinor: 2_500,
      costMinor: 800,
      marginMinor: 1_700,
    },
    { doctor: 'Sold at the counter', prescriptions: 0, billedMinor: 1_250, costMinor: 400 },
  ]);
  const before = doctorFiguresRange({ month: shiftMonth(monthOf(day), -1) }, day);
  expect((await listDoctorFigures(doctor, before)).figures).toEqual([]);
  expectIndexed(await findPrescribed(doctor, day).explain('executionStats'));
  expectIndexed(await findHandedOut(doctor, day).explain('executionStats'));
});
