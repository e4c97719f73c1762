import type { Metadata } from 'next';
import { openInUse } from '@/app/(clinic)/_shell/open-in-use';
import { PatientHead } from '@/app/(clinic)/_shell/patient-head';
import { prescriptionsOf } from '@/app/(clinic)/_shell/read-once';
import { historyOf, PatientTimeline } from '@/app/(clinic)/patients/[patientId]/patient-history';
import { listPapersOfVisits, Papers } from '@/app/(clinic)/patients/[patientId]/patient-papers';
import { Section } from '@/components/ui/card';
import { TabLinks } from '@/components/ui/tabs';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { listBillsOfPatient } from '@/features/cashier/bills/queries';
import { BillList } from '@/features/cashier/bills/ui/bill-list';
import { listAppointmentsOfPatient } from '@/features/frontdesk/appointments/queries';
import { firstDayOf, listVisitsOfYear } from '@/features/frontdesk/queue/queries';
import { patientYearsQuery } from '@/features/patients/patients/schema';
import { findEyeRecord, listExaminationsOfYear } from '@/features/record/examinations/queries';
import { ExaminationHistory } from '@/features/record/examinations/ui/history';
import { listDoneProcedures } from '@/features/record/orders/queries';
import { medicineTimes } from '@/features/record/prescriptions/policy';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import type { TenantContext } from '@/lib/tenancy/context';
import { today } from '@/lib/time';

export const metadata: Metadata = { title: 'All years' };

type OfYear = { ctx: TenantContext; patientId: string; year: number };

/** The whole record of a patient, a year at a time: what their own page no longer shows is found here. */
export default async function PatientYearsPage({
  params,
  searchParams,
}: PageProps<'/patients/[patientId]/years'>) {
  const ctx = await staffPage('patients:read');
  const [{ patientId }, asked] = await Promise.all([params, searchParams]);
  const patient = await openInUse(ctx, patientId);
  const present = Number(today(ctx.timeZone).slice(0, 4));
  const first = Number((await load(firstDayOf(ctx, patient.id)))?.slice(0, 4) ?? present);
  const years = Array.from({ length: Math.max(present - first, 0) + 1 }, (_, ago) => present - ago);
  const year = years.find((one) => one === patientYearsQuery.parse(asked).year) ?? present;
  const of = { ctx, patientId: patient.id, year };
  return (
    <>
      <PatientHead
        ctx={ctx}
        patient={patient}
        breadcrumbs={[
          { label: 'Patients', href: paths.patients },
          { label: patient.name, href: paths.patient(patient.id) },
          { label: 'All years' },
        ]}
      />
      <TabLinks
        label="Years"
        className="mb-5"
        items={years.map((one) => ({
          href: paths.patientYears(patient.id, one),
          label: String(one),
          active: one === year,
        }))}
      />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
        <div className="grid min-w-0 gap-5">
          {ctx.can('appointments:read') || ctx.can('queue:read') ? <History {...of} /> : null}
          {ctx.can('bills:read') ? <Bills {...of} /> : null}
        </div>
        {ctx.can('visits:read') ? (
          <div className="grid min-w-0 gap-5">
            <Examinations {...of} />
          </div>
        ) : null}
      </div>
    </>
  );
}

async function Examinations({ ctx, patientId, year }: OfYear) {
  const [examinations, record, prescriptions] = await load(
    Promise.all([
      listExaminationsOfYear(ctx, patientId, year),
      findEyeRecord(ctx, patientId),
      ctx.can('prescriptions:read') ? prescriptionsOf(ctx, patientId) : [],
    ]),
  );
  const done = await load(
    listDoneProcedures(
      ctx,
      examinations.map(({ visitId }) => visitId),
    ),
  );
  return (
    <ExaminationHistory
      title={`Examinations of ${year}`}
      empty={`No examination in ${year}.`}
      examinations={examinations}
      country={ctx.organization.country}
      record={record}
      done={done}
      medicines={medicineTimes(prescriptions)}
    />
  );
}

async function History({ ctx, patientId, year }: OfYear) {
  const [appointments, visits] = await load(
    Promise.all([
      ctx.can('appointments:read') ? listAppointmentsOfPatient(ctx, patientId, year) : [],
      ctx.can('queue:read') ? listVisitsOfYear(ctx, patientId, year) : [],
    ]),
  );
  const papers = await load(
    listPapersOfVisits(
      ctx,
      visits.map(({ id }) => id),
    ),
  );
  return (
    <>
      <PatientTimeline
        title={`History of ${year}`}
        empty={`No visit and no appointment in ${year}.`}
        items={historyOf(ctx, { visits, appointments })}
      />
      {papers.length > 0 ? <Papers title={`Papers of ${year}`} papers={papers} /> : null}
    </>
  );
}

async function Bills({ ctx, patientId, year }: OfYear) {
  const [bills, { currency }] = await load(
    Promise.all([listBillsOfPatient(ctx, patientId, year), getBillSettings(ctx)]),
  );
  return (
    <Section title={`Bills of ${year}`} flush>
      <BillList bills={bills} currency={currency} showPatient={false} empty={`No bill in ${year}.`} />
    </Section>
  );
}
