'use client';
import { clsx } from 'clsx';
import { useRouter } from 'next/navigation';
import { type CSSProperties, useEffect, useRef, useState } from 'react';
import { later } from '@/components/ui/later';
import { WORKING_HOURS, without } from '@/features/frontdesk/schedules/policy';
import { clockOf, minutesOf } from '@/lib/clock';
import type { Appointment } from '../dto';
import { type AppointmentStatus, layLanes, PAST_GRACE_MINUTES, STATUS_LABEL, type timesOf } from '../policy';
import { newAppointmentHref } from './addresses';
import type { SheetFacts } from './appointment-sheet';
import { StatusBadge } from './status-badge';
import { StatusIcon } from './status-icon';

const AppointmentSheet = later(() => import('./appointment-sheet').then((module) => module.AppointmentSheet));

const PIXELS_A_MINUTE = 1.8;
const STEP_MINUTES = 15;

/** A doctor of the board: `note` says why the doctor is away, `closed` is shaded, slots begin at `slots`. */
export type BoardColumn = { id: string; name: string; room: string | null } & ReturnType<typeof timesOf>;

const LOOK: Record<AppointmentStatus, string> = {
  booked: 'border-l-accent bg-accent-soft text-text hover:bg-surface-hover',
  'checked-in': 'border-l-info bg-info-soft text-text hover:bg-surface-hover',
  completed: 'border-l-success bg-success-soft text-text hover:bg-surface-hover',
  'no-show': 'border-l-warning bg-warning-soft text-text hover:bg-surface-hover',
  cancelled: 'border-l-border-strong bg-surface-sunken text-text-muted line-through hover:bg-surface-hover',
};

/**
 * A day with one column per doctor; today's opens at now. On a phone the same appointments stand one below
 * the other. `nowMinutes` is the wall clock of the organization when the page was made, on today's page only.
 */
export function DayBoard({
  appointments,
  columns,
  nowMinutes,
  facts,
  openId,
}: {
  appointments: readonly Appointment[];
  columns: readonly BoardColumn[];
  nowMinutes: number | null;
  facts: SheetFacts;
  openId?: string | undefined;
}) {
  const [selected, setSelected] = useState<string | null>(openId ?? null);
  const now = useClock(nowMinutes);
  const { from, to } = hoursOf(appointments, columns);
  const open = appointments.find(({ id }) => id === selected);
  const hours = Array.from({ length: Math.ceil((to - from) / 60) }, (_, index) => from + index * 60);
  const height = (to - from) * PIXELS_A_MINUTE;
  const board = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const line = board.current?.querySelector('[data-now]')?.getBoundingClientRect();
    // Above the fold it is seen anyway, and the page stays where it is.
    if (line && line.top > innerHeight * 0.8)
      scrollBy({ top: line.top - innerHeight / 2, behavior: 'instant' });
  }, []);

  return (
    <>
      <div
        ref={board}
        className="grid gap-4 lg:grid-cols-[3.5rem_minmax(0,1fr)] lg:gap-0 lg:overflow-x-auto lg:rounded-lg lg:border lg:border-border lg:bg-surface-raised lg:shadow-raised"
        style={{ '--board': `${height}px` } as CSSProperties}
      >
        <div aria-hidden="true" className="hidden border-border border-r pt-14 lg:block">
          <div className="relative h-(--board)">
            {hours.map((minutes) => (
              <span
                key={minutes}
                className="absolute right-2 -translate-y-1/2 text-text-subtle text-xs tabular-nums first:translate-y-0"
                style={{ top: (minutes - from) * PIXELS_A_MINUTE }}
              >
                {clockOf(minutes)}
              </span>
            ))}
          </div>
        </div>
        <div className="grid min-w-0 gap-4 lg:auto-cols-[minmax(11rem,1fr)] lg:grid-flow-col lg:gap-0">
          {columns.map((column) => (
            <DoctorColumn
              key={column.id}
              column={column}
              appointments={appointments.filter(({ doctorId }) => doctorId === column.id)}
              from={from}
              hours={hours}
              to={to}
              now={now}
              facts={facts}
              onOpen={setSelected}
            />
          ))}
        </div>
      </div>
      {open ? (
        <AppointmentSheet key={open.id} appointment={open} facts={facts} onClose={() => setSelected(null)} />
      ) : null}
    </>
  );
}

function DoctorColumn({
  column,
  appointments,
  from,
  to,
  hours,
  now,
  facts,
  onOpen,
}: {
  column: BoardColumn;
  appointments: readonly Appointment[];
  from: number;
  to: number;
  hours: readonly number[];
  now: number | null;
  facts: SheetFacts;
  onOpen: (id: string) => void;
}) {
  const lanes = layLanes(
    appointments.map((appointment) => {
      const start = minutesOf(appointment.time);
      return { appointment, from: start, to: start + appointment.durationMinutes };
    }),
  );
  const isBookable =
    facts.canWrite && facts.day >= facts.today && facts.doctors.some(({ id }) => id === column.id);
  const headingId = `doctor-${column.id}`;
  return (
    <section
      aria-labelledby={headingId}
      className={clsx(
        'min-w-0 max-lg:rounded-lg max-lg:border max-lg:border-border max-lg:bg-surface-raised max-lg:shadow-raised lg:border-border lg:border-l lg:first:border-l-0',
        appointments.length === 0 && !column.note && 'max-lg:hidden',
      )}
    >
      <div className="flex h-14 items-center justify-between gap-2 border-border border-b px-3">
        <div className="min-w-0">
          <h2 id={headingId} className="truncate font-semibold text-sm text-text">
            {column.name}
          </h2>
          {column.room || column.note ? (
            <p className="truncate text-text-subtle text-xs" title={column.note || undefined}>
              {[column.note, column.room].filter(Boolean).join(', ')}
            </p>
          ) : null}
        </div>
        <span className="text-[0.8125rem] text-text-muted tabular-nums">{appointments.length}</span>
      </div>
      <div className="relative lg:h-(--board)">
        {without([{ from, to }], without([{ from, to }], column.closed)).map((span) => (
          <span
            key={span.from}
            aria-hidden="true"
            className="pointer-events-none absolute inset-x-0 hidden bg-surface-sunken lg:block"
            style={{
              top: (span.from - from) * PIXELS_A_MINUTE,
              height: (span.to - span.from) * PIXELS_A_MINUTE,
            }}
          />
        ))}
        {hours.slice(1).map((minutes) => (
          <span
            key={minutes}
            aria-hidden="true"
            className="absolute inset-x-0 hidden border-border border-t lg:block"
            style={{ top: (minutes - from) * PIXELS_A_MINUTE }}
          />
        ))}
        {now !== null && now >= from && now <= to ? (
          // Below the appointments: drawn over them it would strike names through.
          <span
            aria-hidden="true"
            data-now=""
            className="pointer-events-none absolute inset-x-0 hidden border-danger border-t before:absolute before:-top-1 before:left-0 before:size-2 before:rounded-full before:bg-danger lg:block"
            style={{ top: (now - from) * PIXELS_A_MINUTE }}
          />
        ) : null}
        {isBookable ? <BookLayer column={column} day={facts.day} from={from} now={now} /> : null}
        <ol className="max-lg:divide-y max-lg:divide-border">
          {lanes.map(({ item, lane, lanes: count }) => (
            <li
              key={item.appointment.id}
              className="lg:absolute lg:top-(--top) lg:left-(--left) lg:h-(--height) lg:w-(--width) lg:p-px lg:pr-1.5"
              style={
                {
                  '--top': `${(item.from - from) * PIXELS_A_MINUTE}px`,
                  '--height': `${(item.to - item.from) * PIXELS_A_MINUTE}px`,
                  '--left': `${(lane / count) * 100}%`,
                  '--width': `${100 / count}%`,
                } as CSSProperties
              }
            >
              <Block appointment={item.appointment} onOpen={onOpen} />
            </li>
          ))}
        </ol>
      </div>
    </section>
  );
}

function Block({ appointment, onOpen }: { appointment: Appointment; onOpen: (id: string) => void }) {
  const { time, endTime, patientName, reason, status, durationMinutes } = appointment;
  return (
    <button
      type="button"
      onClick={() => onOpen(appointment.id)}
      aria-label={`${time} to ${endTime}, ${patientName}, ${STATUS_LABEL[status]}`}
      className={clsx(
        'flex w-full min-w-0 items-center gap-3 px-3 py-2.5 text-left max-lg:min-h-12',
        'lg:h-full lg:flex-wrap lg:content-start lg:items-baseline lg:gap-x-2 lg:gap-y-0 lg:overflow-hidden lg:rounded-sm lg:border-l-3 lg:px-2 lg:text-xs',
        durationMinutes <= 10 ? 'lg:py-0' : 'lg:py-1',
        LOOK[status],
        'max-lg:bg-transparent',
      )}
    >
      <span className="shrink-0 text-text-muted tabular-nums max-lg:w-24">
        {time}
        <span className={clsx(durationMinutes < 30 && 'lg:hidden')}>–{endTime}</span>
      </span>
      <span className="min-w-0 flex-1 truncate font-medium">
        {patientName}
        {reason ? (
          <span className="block truncate font-normal text-text-muted lg:hidden">{reason}</span>
        ) : null}
      </span>
      <span className={clsx('shrink-0 lg:hidden', status === 'booked' && 'hidden')}>
        <StatusBadge status={status} />
      </span>
      {status === 'booked' ? null : <StatusIcon status={status} className="hidden self-center lg:block" />}
      {reason && durationMinutes >= 30 ? (
        <span className="hidden w-full truncate text-text-muted lg:block">{reason}</span>
      ) : null}
    </button>
  );
}

/** For the pointer only: a press on an empty place books there. By keyboard one uses "Book appointment". */
function BookLayer({
  column,
  day,
  from,
  now,
}: {
  column: BoardColumn;
  day: string;
  from: number;
  now: number | null;
}) {
  const router = useRouter();
  const [at, setAt] = useState<number | null>(null);
  const minutesAt = (offset: number) => {
    const minutes = from + Math.floor(offset / PIXELS_A_MINUTE / STEP_MINUTES) * STEP_MINUTES;
    const pointed = from + offset / PIXELS_A_MINUTE;
    // The doctor's own slots where the pointer is in their hours.
    return column.hours.some((span) => span.from <= pointed && pointed < span.to)
      ? (column.slots.findLast((slot) => slot <= pointed) ?? minutes)
      : minutes;
  };
  const isPast = (minutes: number) => now !== null && minutes < now - PAST_GRACE_MINUTES;
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-hidden="true"
      className="absolute inset-0 hidden w-full lg:block"
      onMouseMove={(event) => setAt(minutesAt(event.nativeEvent.offsetY))}
      onMouseLeave={() => setAt(null)}
      onClick={(event) => {
        const minutes = minutesAt(event.nativeEvent.offsetY);
        if (isPast(minutes)) return;
        router.push(newAppointmentHref({ doctorId: column.id, date: day, time: clockOf(minutes) }));
      }}
    >
      {at === null || isPast(at) ? null : (
        <span
          className="pointer-events-none absolute inset-x-0 mr-1.5 flex items-center rounded-sm border border-accent border-dashed px-2 text-accent text-xs tabular-nums"
          style={{ top: (at - from) * PIXELS_A_MINUTE, height: STEP_MINUTES * PIXELS_A_MINUTE }}
        >
          Book {clockOf(at)}
        </span>
      )}
    </button>
  );
}

/** Working hours, widened to whole hours by what lies outside them. */
function hoursOf(
  appointments: readonly Appointment[],
  columns: readonly BoardColumn[],
): { from: number; to: number } {
  let from = minutesOf(WORKING_HOURS.start);
  let to = minutesOf(WORKING_HOURS.end);
  for (const { time, durationMinutes } of appointments) {
    from = Math.min(from, Math.floor(minutesOf(time) / 60) * 60);
    to = Math.max(to, Math.ceil((minutesOf(time) + durationMinutes) / 60) * 60);
  }
  for (const span of columns.flatMap(({ hours }) => hours)) {
    from = Math.min(from, Math.floor(span.from / 60) * 60);
    to = Math.max(to, Math.ceil(span.to / 60) * 60);
  }
  return { from, to };
}

/** Minutes since midnight, kept going from where the server's clock stood. */
function useClock(start: number | null): number | null {
  const [passed, setPassed] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new start begins again
  useEffect(() => {
    const began = Date.now();
    setPassed(0);
    const timer = setInterval(() => setPassed(Math.floor((Date.now() - began) / 60_000)), 30_000);
    return () => clearInterval(timer);
  }, [start]);
  return start === null ? null : start + passed;
}
