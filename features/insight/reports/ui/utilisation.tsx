import { Section } from '@/components/ui/card';
import { ReportTable } from '@/components/ui/report-table';
import { plainCount } from '@/lib/words';
import { inHours, inShare } from '../labels';
import type { Range } from '../schema';
import { OPEN_HOURS, type Utilisation } from '../utilisation';
import { CsvLink } from './csv-link';

/** How doctors' and rooms' time was used, beside the period before. */
export function UtilisationTables({ utilisation, range }: { utilisation: Utilisation; range: Range }) {
  return (
    <>
      <Section
        title="Use of doctors' time"
        description={`Against each doctor's hours; without any, ${OPEN_HOURS} on days with an appointment or a patient.`}
        actions={<CsvLink range={range} what="utilisation" />}
        flush
      >
        <ReportTable
          caption="Booked time and time with patients by doctor"
          rows={utilisation.doctors}
          rowKey={({ doctorId }) => doctorId}
          columns={[
            { label: 'Doctor', cell: ({ name }) => name },
            { label: 'Days', cell: ({ days }) => plainCount(days) },
            { label: 'Time there', cell: ({ hasMinutes }) => inHours(hasMinutes) },
            {
              label: 'Booked',
              cell: ({ bookedMinutes, bookedShare }) => `${inHours(bookedMinutes)}, ${inShare(bookedShare)}`,
            },
            { label: 'Booked before', cell: ({ bookedShareBefore }) => inShare(bookedShareBefore) },
            { label: 'Lost to no-shows', cell: ({ missedMinutes }) => inHours(missedMinutes) },
            {
              label: 'With patients',
              cell: ({ workedMinutes, workedShare }) => `${inHours(workedMinutes)}, ${inShare(workedShare)}`,
            },
            { label: 'With patients before', cell: ({ workedShareBefore }) => inShare(workedShareBefore) },
          ]}
          empty="No doctor had an appointment or a patient in these days."
        />
      </Section>
      <Section
        title="Use of rooms"
        description={`Time with a patient in each room that patients were called to, against ${OPEN_HOURS} on each day of use.`}
        actions={<CsvLink range={range} what="rooms" />}
        flush
      >
        <ReportTable
          caption="Time in use by room"
          rows={utilisation.rooms}
          rowKey={({ room }) => room}
          columns={[
            { label: 'Room', cell: ({ room }) => room },
            { label: 'Days', cell: ({ days }) => plainCount(days) },
            { label: 'Patients', cell: ({ patients }) => plainCount(patients) },
            {
              label: 'In use',
              cell: ({ workedMinutes, workedShare }) => `${inHours(workedMinutes)}, ${inShare(workedShare)}`,
            },
            { label: 'Before', cell: ({ workedShareBefore }) => inShare(workedShareBefore) },
          ]}
          empty="No patient was called to a room in these days. Rooms are written in the staff directory or at the call."
        />
      </Section>
    </>
  );
}
