import type { Metadata } from 'next';
import { PaperByMail } from '@/app/(clinic)/_shell/paper-by-mail';
import { PatientHead } from '@/app/(clinic)/_shell/patient-head';
import { PaperView } from '@/components/paper/paper-view';
import { Alert } from '@/components/ui/alert';
import { buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { Icon } from '@/components/ui/icon';
import Link from '@/components/ui/link';
import { branchOfVisit } from '@/features/frontdesk/queue/queries';
import { listPrints, paperFrame } from '@/features/identity/papers/queries';
import { Prints } from '@/features/identity/papers/ui/prints';
import { getPatient } from '@/features/patients/patients/queries';
import { letterPaper } from '@/features/record/letters/paper';
import { KINDS } from '@/features/record/letters/policy';
import { listLetterVersions, openLetter } from '@/features/record/letters/queries';
import { VoidLetter } from '@/features/record/letters/ui/void-letter';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { formatDay, formatInstant } from '@/lib/time';

export const metadata: Metadata = { title: 'Letter' };

export default async function LetterPage({ params }: PageProps<'/letters/[letterId]'>) {
  const ctx = await staffPage('letters:read');
  const found = await load(openLetter(ctx, (await params).letterId));
  const [patient, frame, prints, versions] = await load(
    Promise.all([
      getPatient(ctx, found.patientId),
      branchOfVisit(ctx, found.visitId).then((branchId) => paperFrame(ctx, branchId)),
      listPrints(ctx, `letter:${found.id}`),
      listLetterVersions(ctx, found.number),
    ]),
  );
  const { voided, letter } = found;
  const when = (at: string) => formatInstant(new Date(at), ctx.timeZone);
  const others = versions.filter(({ id }) => id !== found.id);
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
          { label: `${KINDS[letter.kind]} ${found.number}` },
        ]}
        actions={
          voided ? null : (
            <>
              <a
                href={paths.letterPrint(found.id)}
                target="_blank"
                rel="noreferrer"
                className={buttonClass({ variant: 'primary' })}
              >
                <Icon of="printer" /> Print
              </a>
              {ctx.can('letters:write') ? (
                <>
                  <Link
                    href={paths.writeLetter(found.visitId, letter.kind, found.id)}
                    className={buttonClass()}
                  >
                    Change
                  </Link>
                  <VoidLetter id={found.id} />
                </>
              ) : null}
            </>
          )
        }
      />
      <div className="grid max-w-4xl gap-5">
        {voided ? (
          <Alert tone="danger" title={`Voided by ${voided.name}, ${when(voided.at)}`}>
            {voided.reason}
          </Alert>
        ) : null}
        <PaperView paper={letterPaper(found, frame)} />
        <Prints prints={prints} timeZone={ctx.timeZone} />
        {voided ? null : <PaperByMail ctx={ctx} kind="letter" paperId={found.id} email={patient.email} />}
        {others.length > 0 ? (
          <Section title="Other versions" flush>
            <ul aria-label="Other versions">
              {others.map((one) => (
                <li key={one.id} className="border-border border-t px-5 py-2.5 text-sm first:border-t-0">
                  <Link href={paths.letter(one.id)} className="underline underline-offset-4">
                    Version {one.version}
                  </Link>{' '}
                  by {one.signed.name}, {when(one.signed.at)}
                  {one.voided ? `. Void: ${one.voided.reason}` : ''}
                </li>
              ))}
            </ul>
          </Section>
        ) : null}
      </div>
    </>
  );
}
