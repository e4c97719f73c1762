import { clsx } from 'clsx';
import { Section } from '@/components/ui/card';
import { ScrollRegion } from '@/components/ui/scroll-region';
import { STATION_LABEL, waitLevel } from '@/features/frontdesk/queue/policy';
import type { Flow } from '../flow';
import { inMinutes } from '../labels';
import type { Range } from '../schema';
import { CsvLink } from './csv-link';

const SHADE = { green: '', amber: 'bg-warning-soft', red: 'bg-danger-soft' } as const;

/** Where patients are at which hour, and where they wait. */
export function FlowTable({ flow, range }: { flow: Flow; range: Range }) {
  const { hours, stations, worst } = flow;
  return (
    <Section
      title="Patients by hour and station"
      description={
        worst
          ? `Who joins a line in each hour of a day, and how long they wait there. Most time is lost at ${STATION_LABEL[worst.station]} from ${worst.hour}:00, with ${inMinutes(worst.meanMinutes)} each.`
          : 'Who joins a line in each hour of a day, and how long they wait there.'
      }
      actions={<CsvLink range={range} what="flow" />}
      flush
    >
      {stations.length === 0 ? (
        <p className="px-5 py-4 text-sm text-text-muted">Nobody was seen at a station in these days.</p>
      ) : (
        <ScrollRegion aria-label="Patients and waits by hour and station">
          <table className="w-full text-left text-sm">
            <caption className="sr-only">Patients of a day and their mean wait, by station and hour</caption>
            <thead>
              <tr className="text-[0.8125rem] text-text-muted">
                <th scope="col" className="px-5 py-2 font-medium print:px-2">
                  Station
                </th>
                {hours.map((hour) => (
                  <th
                    key={hour}
                    scope="col"
                    className="px-2 py-2 text-right font-medium tabular-nums print:px-1"
                  >
                    {hour}:00
                  </th>
                ))}
              </tr>
            </thead>
            <tbody className="tabular-nums">
              {stations.map(({ station, cells }) => (
                <tr key={station} className="border-border border-t">
                  <th scope="row" className="px-5 py-2 font-normal text-text print:px-2">
                    {STATION_LABEL[station]}
                  </th>
                  {cells.map((cell, index) => (
                    <td
                      key={hours[index]}
                      className={clsx(
                        'whitespace-nowrap px-2 py-1.5 text-right print:px-1',
                        cell && SHADE[waitLevel(cell.meanMinutes)],
                        worst && worst.station === station && worst.hour === cell?.hour && 'font-semibold',
                      )}
                    >
                      {cell ? (
                        <>
                          <span className="block text-text">{inMinutes(cell.meanMinutes)}</span>
                          <span className="block text-[0.75rem] text-text-muted">
                            {cell.patientsPerDay}
                            <span className="sr-only"> patients a day</span>
                          </span>
                        </>
                      ) : null}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
      {stations.length > 0 ? (
        <p className="border-border border-t px-5 py-3 text-[0.8125rem] text-text-subtle">
          Above the mean wait, below it the patients of a day. Yellow from 15 minutes, red from 30.
        </p>
      ) : null}
    </Section>
  );
}
