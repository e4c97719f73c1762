import type { Metadata } from 'next';
import { PaperByMail } from '@/app/(clinic)/_shell/paper-by-mail';
import { PatientHead } from '@/app/(clinic)/_shell/patient-head';
import { PaperView } from '@/components/paper/paper-view';
import { Alert } from '@/components/ui/alert';
import { buttonClass } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import Link from '@/components/ui/link';
import { branchOfVisit } from '@/features/frontdesk/queue/queries';
import { listPrints, paperFrame } from '@/features/identity/papers/queries';
import { Prints } from '@/features/identity/papers/ui/prints';
import { getPatient } from '@/features/patients/patients/queries';
import { contactLensPaper } from '@/features/record/contact-lenses/paper';
import { openContactLenses } from '@/features/record/contact-lenses/queries';
import { VoidContactLenses } from '@/features/record/contact-lenses/ui/void-contact-lenses';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { formatDay, formatInstant } from '@/lib/time';

export const metadata: Metadata = { title: 'Contact lenses' };

export default async function ContactLensesPage({ params }: PageProps<'/contact-lenses/[contactLensesId]'>) {
  const ctx = await staffPage('prescriptions:read');
  const found = await load(openContactLenses(ctx, (await params).contactLensesId));
  const [patient, frame, prints] = await load(
    Promise.all([
      getPatient(ctx, found.patientId),
      branchOfVisit(ctx, found.visitId).then((branchId) => paperFrame(ctx, branchId)),
      listPrints(ctx, `contact-lenses:${found.id}`),
    ]),
  );
  const { voided } = found;
  return (
    <>
      <PatientHead
        ctx={ctx}
        patient={patient}
        breadcrumbs={[
          { label: found.patientName, href: paths.patient(found.patientId) },
          ...(ctx.can('queue:read')
            ? [{ label: formatDay(found.day), href: paths.visit(found.visitId) }]
            : []),
          { label: 'Contact lenses' },
        ]}
        actions={
          voided ? null : (
            <>
              <a
                href={paths.contactLensesPrint(found.id)}
                target="_blank"
                rel="noreferrer"
                className={buttonClass({ variant: 'primary' })}
              >
                <Icon of="printer" /> Print
              </a>
              {ctx.can('spectacles:write') ? (
                <>
                  <Link href={paths.prescribeContactLenses(found.visitId)} className={buttonClass()}>
                    Change
                  </Link>
                  <VoidContactLenses id={found.id} />
                </>
              ) : null}
            </>
          )
        }
      />
      <div className="grid gap-5">
        {voided ? (
          <Alert
            tone="danger"
            title={`Voided by ${voided.name}, ${formatInstant(new Date(voided.at), ctx.timeZone)}`}
          >
            {voided.reason}
          </Alert>
        ) : null}
        <PaperView paper={contactLensPaper(found, frame)} />
        <Prints prints={prints} timeZone={ctx.timeZone} />
        {voided ? null : (
          <PaperByMail ctx={ctx} kind="contact-lenses" paperId={found.id} email={patient.email} />
        )}
      </div>
    </>
  );
}
