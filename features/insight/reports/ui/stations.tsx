import { Badge } from '@/components/ui/badge';
import { Section } from '@/components/ui/card';
import { ReportTable } from '@/components/ui/report-table';
import { STATION_LABEL } from '@/features/frontdesk/queue/policy';
import { plainCount } from '@/lib/words';
import { inHours, inMinutes } from '../labels';
import type { Analytics } from '../queries';
import type { Range } from '../schema';
import { CsvLink } from './csv-link';

/** Waiting and work by station, and time with patients by doctor. */
export function StationsAndDoctors({
  stations,
  bottleneck,
  doctors,
  range,
}: Pick<Analytics, 'stations' | 'bottleneck' | 'doctors'> & { range: Range }) {
  const measured = stations.filter(({ patients }) => patients > 0);
  return (
    <>
      <Section
        title="Stations"
        description="Time in line at each, until somebody begins."
        actions={<CsvLink range={range} what="stations" />}
        flush
      >
        <ReportTable
          caption="Waiting and work by station"
          rows={measured}
          rowKey={({ station }) => station}
          columns={[
            {
              label: 'Station',
              cell: ({ station }) => (
                <span className="inline-flex flex-wrap items-center gap-2">
                  {STATION_LABEL[station]}
                  {station === bottleneck?.station ? <Badge tone="warning">Bottleneck</Badge> : null}
                </span>
              ),
            },
            { label: 'Patients', cell: ({ patients }) => plainCount(patients) },
            {
              label: 'Median',
              cell: ({ medianMinutes }) => (medianMinutes === null ? '–' : inMinutes(medianMinutes)),
            },
            {
              label: '90 %',
              cell: ({ p90Minutes }) => (p90Minutes === null ? '–' : inMinutes(p90Minutes)),
            },
          ]}
          empty="No station has seen a patient in these days."
        />
      </Section>
      <Section title="Doctors" description="Time between start and end of the doctor's step." flush>
        <ReportTable
          caption="Visits and time with patients by doctor"
          rows={doctors}
          rowKey={({ doctorId }) => doctorId}
          columns={[
            { label: 'Doctor', cell: ({ name }) => name },
            { label: 'Visits', cell: ({ visits }) => plainCount(visits) },
            { label: 'With patients', cell: ({ busyMinutes }) => inHours(busyMinutes) },
            {
              label: 'A visit',
              cell: ({ visits, busyMinutes }) =>
                visits > 0 && busyMinutes > 0 ? inMinutes(Math.round(busyMinutes / visits)) : '–',
            },
          ]}
          empty="No visit of these days has a doctor."
        />
      </Section>
    </>
  );
}
