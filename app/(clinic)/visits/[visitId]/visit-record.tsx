import { Suspense } from 'react';
import { PatientHistory } from '@/app/(clinic)/_shell/patient-sections';
import { examinationOf, examinationsOf, prescriptionsOf } from '@/app/(clinic)/_shell/read-once';
import { buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { Icon } from '@/components/ui/icon';
import Link from '@/components/ui/link';
import { Skeleton } from '@/components/ui/skeleton';
import type { VisitDetails } from '@/features/frontdesk/queue/queries';
import { listContactLensesBeside } from '@/features/record/contact-lenses/queries';
import { ContactLensSection } from '@/features/record/contact-lenses/ui/contact-lens-section';
import { findEarlier, findEyeRecord, listExaminationVersions } from '@/features/record/examinations/queries';
import {
  ExaminationSections,
  ExaminationVersions,
} from '@/features/record/examinations/ui/examination-sections';
import { ExaminationHistory } from '@/features/record/examinations/ui/history';
import { listFindingSets } from '@/features/record/finding-sets/queries';
import { NamedFindings } from '@/features/record/finding-sets/ui/named-findings';
import { listLettersBeside } from '@/features/record/letters/queries';
import { LettersSection } from '@/features/record/letters/ui/letters-section';
import { listDoneProcedures, listOrdersOfVisit } from '@/features/record/orders/queries';
import { OrderList } from '@/features/record/orders/ui/order-list';
import { medicineTimes } from '@/features/record/prescriptions/policy';
import { listPrescriptionsOfVisit } from '@/features/record/prescriptions/queries';
import { PrescriptionSection } from '@/features/record/prescriptions/ui/prescription-section';
import { listSpectaclesBeside } from '@/features/record/spectacles/queries';
import { GlassesSection } from '@/features/record/spectacles/ui/glasses-section';
import { PrintVisitPapers } from '@/features/record/summaries/ui/print-visit-papers';
import { kindsOf, templateFor, WHOLE } from '@/features/record/templates/policy';
import { listTemplates } from '@/features/record/templates/queries';
import { SheetChoice } from '@/features/record/templates/ui/sheet-choice';
import { load } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import type { TenantContext } from '@/lib/tenancy/context';
import { ageInYears } from '@/lib/time';

/** Those of before are on the page of the patient's years. */
const EARLIER_SHOWN = 20;

type Props = { ctx: TenantContext; visit: VisitDetails };
type SheetProps = Props & {
  reason: string;
  /** The template that was chosen by hand. */
  sheet: string;
};

/** What was examined, prescribed and written at a visit; each part comes as soon as it is read. */
export function VisitRecord({ ctx, visit, reason, sheet }: SheetProps) {
  return (
    <div className="grid min-w-0 gap-5">
      <Suspense fallback={<Skeleton className="h-28" />}>
        <PatientHistory ctx={ctx} patientId={visit.patientId} />
      </Suspense>
      <Suspense fallback={<Skeleton className="h-96" />}>
        <TheExamination ctx={ctx} visit={visit} reason={reason} sheet={sheet} />
      </Suspense>
      <Suspense fallback={null}>
        <Orders ctx={ctx} visit={visit} />
      </Suspense>
      {ctx.can('prescriptions:read') ? (
        <Suspense fallback={<Skeleton className="h-40" />}>
          <Prescriptions ctx={ctx} visit={visit} />
        </Suspense>
      ) : null}
      {ctx.can('letters:read') ? (
        <Suspense fallback={<Skeleton className="h-24" />}>
          <Letters ctx={ctx} visit={visit} />
        </Suspense>
      ) : null}
      <PrintVisitPapers visitId={visit.id} />
    </div>
  );
}

async function TheExamination({ ctx, visit, reason, sheet }: SheetProps) {
  const [examination, versions, all, record, templates, findingSets, prescriptions] = await load(
    Promise.all([
      examinationOf(ctx, visit.id),
      listExaminationVersions(ctx, visit.id),
      examinationsOf(ctx, visit.patientId),
      findEyeRecord(ctx, visit.patientId),
      listTemplates(ctx),
      ctx.can('diagnoses:write') ? listFindingSets(ctx) : [],
      ctx.can('prescriptions:read') ? prescriptionsOf(ctx, visit.patientId) : [],
    ]),
  );
  const { country } = ctx.organization;
  const others = all.filter(({ visitId }) => visitId !== visit.id);
  const earlier = await load(findEarlier(ctx, visit, all));
  // Only the list of all examinations shows them.
  const done =
    others.length > 0
      ? await load(
          listDoneProcedures(
            ctx,
            all.map(({ visitId }) => visitId),
          ),
        )
      : [];
  const kinds = kindsOf({
    hasEarlier: earlier !== null || others.some(({ day }) => day <= visit.day),
    ageYears: ageInYears(visit.dateOfBirth, visit.day),
    problems: record.problems.flatMap(({ code, resolved }) => (code && !resolved ? [code] : [])),
    reason,
  });
  const fitting = templateFor(templates, kinds);
  const template = sheet === WHOLE ? undefined : (templates.find(({ id }) => id === sheet) ?? fitting);
  return (
    <>
      {templates.length > 0 ? <SheetChoice templates={templates} fitting={fitting} /> : null}
      <ExaminationSections
        layout={template ?? null}
        visitId={visit.id}
        examination={examination}
        earlier={earlier}
        targets={{
          ...(record.targets.right ? { right: record.targets.right.mmHg } : {}),
          ...(record.targets.left ? { left: record.targets.left.mmHg } : {}),
        }}
        country={country}
        timeZone={ctx.timeZone}
        canMeasure={ctx.can('visits:write')}
        canAssess={ctx.can('diagnoses:write')}
        besideRows={<NamedFindings sets={findingSets} />}
      />
      {(examination?.assessment.orders ?? []).length > 0 ? (
        <a
          href={paths.requestPrint(visit.id)}
          target="_blank"
          rel="noreferrer"
          className={`justify-self-start ${buttonClass()}`}
        >
          <Icon of="printer" /> Print the request
        </a>
      ) : null}
      <ExaminationVersions versions={versions} country={country} timeZone={ctx.timeZone} />
      {others.length > 0 ? (
        <ExaminationHistory
          title="All examinations"
          examinations={all}
          country={country}
          record={record}
          done={done}
          medicines={medicineTimes(prescriptions)}
          most={EARLIER_SHOWN}
          actions={
            all.length > EARLIER_SHOWN && ctx.can('patients:read') ? (
              <Link href={paths.patientYears(visit.patientId)} className={buttonClass({ size: 'sm' })}>
                All years
              </Link>
            ) : null
          }
        />
      ) : null}
    </>
  );
}

async function Orders({ ctx, visit }: Props) {
  const orders = await load(listOrdersOfVisit(ctx, visit.id));
  if (orders.length === 0) return null;
  return (
    <Section title="Tests and procedures" description="What was asked for at this visit" flush>
      <OrderList
        orders={orders}
        timeZone={ctx.timeZone}
        showPatient={false}
        canComplete={ctx.can('orders:write')}
        empty=""
      />
    </Section>
  );
}

async function Prescriptions({ ctx, visit }: Props) {
  const [prescriptions, glasses, lenses] = await load(
    Promise.all([
      listPrescriptionsOfVisit(ctx, visit.id),
      listSpectaclesBeside(ctx, visit),
      listContactLensesBeside(ctx, visit),
    ]),
  );
  return (
    <>
      <PrescriptionSection
        visitId={visit.id}
        prescriptions={prescriptions}
        canPrescribe={ctx.can('prescriptions:write')}
        timeZone={ctx.timeZone}
      />
      <GlassesSection visitId={visit.id} all={glasses} canPrescribe={ctx.can('spectacles:write')} />
      <ContactLensSection visitId={visit.id} all={lenses} canPrescribe={ctx.can('spectacles:write')} />
    </>
  );
}

async function Letters({ ctx, visit }: Props) {
  const all = await load(listLettersBeside(ctx, visit));
  return (
    <LettersSection
      visitId={visit.id}
      all={all}
      country={ctx.organization.country}
      canWrite={ctx.can('letters:write')}
    />
  );
}
