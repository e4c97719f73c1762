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
import { spectaclesPaper } from '@/features/record/spectacles/paper';
import { listMadeGlasses, openSpectacles } from '@/features/record/spectacles/queries';
import { AnswerGlasses } from '@/features/record/spectacles/ui/answer-glasses';
import { VoidGlasses } from '@/features/record/spectacles/ui/void-glasses';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { formatDay, formatInstant } from '@/lib/time';

export const metadata: Metadata = { title: 'Glasses' };

export default async function GlassesPage({ params }: PageProps<'/glasses/[spectaclesId]'>) {
  const ctx = await staffPage('prescriptions:read');
  const found = await load(openSpectacles(ctx, (await params).spectaclesId));
  const [patient, frame, prints, made] = await load(
    Promise.all([
      getPatient(ctx, found.patientId),
      branchOfVisit(ctx, found.visitId).then((branchId) => paperFrame(ctx, branchId)),
      listPrints(ctx, `spectacles:${found.id}`),
      listMadeGlasses(ctx, found.id),
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
          { label: 'Glasses' },
        ]}
        actions={
          voided ? null : (
            <>
              <a
                href={paths.glassesPrint(found.id)}
                target="_blank"
                rel="noreferrer"
                className={buttonClass({ variant: 'primary' })}
              >
                <Icon of="printer" /> Print
              </a>
              {ctx.can('made-glasses:write') && found.spectacles.advice === 'glasses' ? (
                <AnswerGlasses id={found.id} version={made.length} outcome={made.at(-1)?.outcome ?? null} />
              ) : null}
              {ctx.can('spectacles:write') ? (
                <>
                  <Link href={paths.prescribeGlasses(found.visitId)} className={buttonClass()}>
                    Change
                  </Link>
                  <VoidGlasses id={found.id} />
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
        <PaperView paper={spectaclesPaper(found, frame, undefined, made.at(-1))} />
        <Prints prints={prints} timeZone={ctx.timeZone} />
        {voided ? null : <PaperByMail ctx={ctx} kind="glasses" paperId={found.id} email={patient.email} />}
      </div>
    </>
  );
}
