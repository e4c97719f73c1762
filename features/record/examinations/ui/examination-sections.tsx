import type { ReactNode } from 'react';
import { ActionButton } from '@/components/forms/action-button';
import { Badge } from '@/components/ui/badge';
import { Section } from '@/components/ui/card';
import { formatDay, formatInstant } from '@/lib/time';
import { signExaminationAction } from '../actions';
import { notationOf } from '../acuity';
import { diagnosisText } from '../diagnoses';
import type { Examination, ExaminationVersion } from '../dto';
import { canSign, NO_ASSESSMENT, NO_MEASUREMENTS } from '../policy';
import type { SheetLayout } from '../sheet-layout';
import { AssessmentForm } from './assessment-form';
import { MeasurementsForm } from './measurements-form';
import type { Targets } from './pressure-group';
import { SectionEditor } from './section-editor';
import { AssessmentView, MeasurementsView } from './views';

type Props = {
  visitId: string;
  examination: Examination | null;
  /** The patient's last one before it in which anything was measured. */
  earlier: Examination | null;
  targets: Targets;
  country: string;
  timeZone: string;
  canMeasure: boolean;
  canAssess: boolean;
  /** Of the template that was chosen; without one everything is shown. */
  layout: SheetLayout | null;
  /** What else writes into the rows of the eye. */
  besideRows?: ReactNode;
};

/** The examination of a visit: what optometry measures, and what the doctor finds and signs. */
export function ExaminationSections(props: Props) {
  const { visitId, examination, earlier, targets, timeZone, canMeasure, canAssess } = props;
  const notation = notationOf(props.country);
  const measurements = examination?.measurements ?? NO_MEASUREMENTS;
  const assessment = examination?.assessment ?? NO_ASSESSMENT;
  const measurementsVersion = examination?.measurementsVersion ?? 0;
  const assessmentVersion = examination?.assessmentVersion ?? 0;
  const isSigned = Boolean(examination?.signed);
  const sheet = props.layout ? { layout: props.layout } : {};
  const when = (one: { name: string; at: string } | null | undefined) =>
    one ? `${one.name}, ${formatInstant(new Date(one.at), timeZone)}` : undefined;

  const last = earlier
    ? { day: formatDay(earlier.day), measurements: earlier.measurements, assessment: earlier.assessment }
    : null;
  const measured = <MeasurementsView measurements={measurements} notation={notation} targets={targets} />;
  const measure = (
    <MeasurementsForm
      visitId={visitId}
      version={measurementsVersion}
      measurements={measurements}
      earlier={last}
      notation={notation}
      targets={targets}
      timeZone={timeZone}
      isSigned={isSigned}
      {...sheet}
    />
  );
  const assessed = <AssessmentView assessment={assessment} />;
  const assess = (
    <AssessmentForm
      visitId={visitId}
      version={assessmentVersion}
      assessment={assessment}
      earlier={last}
      targets={targets}
      diagnoses={assessment.diagnoses.map((one) => ({ ...one, name: diagnosisText(one) }))}
      isSigned={isSigned}
      besideRows={props.besideRows}
      {...sheet}
    />
  );
  return (
    <>
      <Section title="Measurements" description={when(examination?.measured)}>
        {!canMeasure ? (
          measured
        ) : (
          <SectionEditor isSigned={isSigned} version={measurementsVersion} view={measured} form={measure} />
        )}
      </Section>
      <Section
        title="Findings and diagnoses"
        description={when(examination?.assessed)}
        actions={
          examination?.signed ? (
            <Badge tone="success">Signed</Badge>
          ) : canAssess && canSign(assessment) ? (
            <ActionButton
              action={signExaminationAction}
              fields={{ visitId, version: String(assessmentVersion) }}
              savesFirst
            >
              Sign examination
            </ActionButton>
          ) : null
        }
      >
        {!canAssess ? (
          assessed
        ) : (
          <SectionEditor isSigned={isSigned} version={assessmentVersion} view={assessed} form={assess} />
        )}
        {examination?.signed ? (
          <p className="mt-4 text-[0.8125rem] text-text-subtle">
            Signed by {when(examination.signed)}.
            {examination.amended ? ` Changed afterwards by ${when(examination.amended)}.` : ''}
          </p>
        ) : null}
      </Section>
    </>
  );
}

/** What a signed examination said before it was changed. */
export function ExaminationVersions({
  versions,
  country,
  timeZone,
}: {
  versions: readonly ExaminationVersion[];
  country: string;
  timeZone: string;
}) {
  if (versions.length === 0) return null;
  return (
    <Section title="Before it was changed" description="What the signed examination said.">
      <ul className="grid gap-4">
        {versions.map((one) => (
          <li key={one.id}>
            <details>
              <summary className="cursor-pointer text-sm text-text">
                {one.section === 'measurements' ? 'Measurements' : 'Findings and diagnoses'} by {one.byName},
                until {formatInstant(new Date(one.replacedAt), timeZone)}
              </summary>
              <p className="my-2 text-[0.8125rem] text-text-subtle">
                Changed by {one.replacedByName}: {one.reason}
              </p>
              {one.measurements ? (
                <MeasurementsView measurements={one.measurements} notation={notationOf(country)} />
              ) : null}
              {one.assessment ? <AssessmentView assessment={one.assessment} /> : null}
            </details>
          </li>
        ))}
      </ul>
    </Section>
  );
}
