import type { ReactNode } from 'react';
import { Section } from '@/components/ui/card';
import { ReportTable } from '@/components/ui/report-table';
import { TextLink } from '@/components/ui/text-link';
import type { DoneProcedure } from '@/features/record/orders/queries';
import { paths } from '@/lib/paths';
import { formatDay } from '@/lib/time';
import { notationOf } from '../acuity';
import { acuityShown } from '../acuity-reading';
import { diagnosisText } from '../diagnoses';
import type { Examination } from '../dto';
import type { EyeRecord } from '../eye-record';
import type { Eye } from '../eyes';
import { bestReading, pressureOf } from '../policy';
import { type MedicineTime, Trends } from './trends';
import { Pressure } from './views';

const mainOf = ({ assessment }: Examination): string =>
  assessment.diagnoses[0] ? diagnosisText(assessment.diagnoses[0]) : '–';

/** A patient's examinations: pressure and acuity over time, and one line for each. */
export function ExaminationHistory({
  examinations,
  country,
  record,
  done,
  medicines = [],
  title = 'Examinations',
  empty = 'No examination yet. The first one is written at a visit.',
  most,
  actions,
}: {
  examinations: readonly Examination[];
  country: string;
  record: EyeRecord;
  done: readonly DoneProcedure[];
  medicines?: readonly MedicineTime[];
  title?: string;
  empty?: string;
  /** Of so many the table says more; the charts are of all. */
  most?: number;
  actions?: ReactNode;
}) {
  const notation = notationOf(country);
  const acuity = (one: Examination, eye: Eye) => {
    const best = bestReading(one.measurements, eye);
    return best === null ? '–' : acuityShown(best, notation);
  };
  const pressure = (one: Examination, eye: Eye) => (
    <Pressure pressure={pressureOf(one.measurements, eye)} target={record.targets[eye]?.mmHg} unit="" />
  );
  return (
    <Section title={title} actions={actions} flush>
      <Trends
        examinations={examinations}
        notation={notation}
        record={record}
        done={done}
        medicines={medicines}
      />
      <ReportTable
        caption="Examinations of this patient"
        rows={most === undefined ? examinations : examinations.slice(0, most)}
        rowKey={({ visitId }) => visitId}
        columns={[
          {
            label: 'Day',
            cell: ({ visitId, day }) => (
              <TextLink href={paths.visit(visitId)} className="whitespace-nowrap">
                {formatDay(day)}
              </TextLink>
            ),
          },
          { label: 'Right', cell: (one) => acuity(one, 'right') },
          { label: 'Left', cell: (one) => acuity(one, 'left') },
          {
            label: 'mmHg',
            cell: (one) => (
              <span className="whitespace-nowrap">
                {pressure(one, 'right')} / {pressure(one, 'left')}
              </span>
            ),
          },
          { label: 'Diagnosis', cell: mainOf },
        ]}
        empty={empty}
      />
    </Section>
  );
}
