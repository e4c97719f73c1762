'use client';
import { clsx } from 'clsx';
import { memo } from 'react';
import { Badge } from '@/components/ui/badge';
import { buttonClass } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Icon } from '@/components/ui/icon';
import Link from '@/components/ui/link';
import { FEE_LABEL, type FeeState } from '@/features/cashier/bills/policy';
import { paths } from '@/lib/paths';
import type { QueueEntry } from '../dto';
import {
  durationText,
  minutesToReady,
  PRIORITY_LABEL,
  STATION_LABEL,
  STEP_LABEL,
  waitingMinutes,
  waitLevel,
} from '../policy';
import { type PressRow, useAhead } from './ahead';
import { EntryActions } from './entry-actions';
import { useNow } from './queue-live';

const FEE_TONE = { 'to-bill': 'neutral', due: 'warning', paid: 'success' } as const;
const WAIT = { green: 'text-success', amber: 'text-warning', red: 'text-danger' } as const;
const WAIT_WORD = { green: '', amber: ', long', red: ', too long' } as const;

// The same widths in each row, so that what stands below each other lines up whatever the buttons say.
const WITHOUT_STATION = '@4xl:grid-cols-[2.75rem_minmax(10rem,1fr)_8rem_22rem]';
const WITH_STATION = '@4xl:grid-cols-[2.75rem_minmax(10rem,1fr)_6.5rem_8rem_22rem]';

const isExamined = ({ station }: QueueEntry): boolean => station === 'optometry' || station === 'doctor';

type QueueListProps = {
  entries: QueueEntry[];
  now: string;
  showStation: boolean;
  canWrite: boolean;
  /** May open what is written at the station. */
  canExamine: boolean;
  /** Whether the fee of a visit is paid, without its sum; absent for who may not know. */
  fees?: Readonly<Record<string, FeeState>> | undefined;
  canBill?: boolean;
  empty: string;
};

/** Who is at a station, in order of turn, with how long they have waited. */
export function QueueList({
  entries: saved,
  now: initial,
  showStation,
  canWrite,
  canExamine,
  fees,
  canBill = false,
  empty,
}: QueueListProps) {
  const now = useNow(initial);
  const { shown, press } = useAhead(saved);
  // At a station of its own a patient who has moved on is gone from the line.
  const entries = showStation
    ? shown
    : shown.filter(({ station }) => saved.some((one) => one.station === station));
  if (entries.length === 0) return <EmptyState icon={<Icon of="list-ordered" />} title={empty} />;
  return (
    <ol aria-label="Queue, in order of turn" className="@container divide-y divide-border">
      {entries.map((entry) => (
        <Row
          key={entry.id}
          {...{ entry, showStation, canWrite, canExamine, canBill, press }}
          minutes={waitingMinutes(entry, now)}
          toReady={minutesToReady(entry, now)}
          fee={fees?.[entry.visitId]}
        />
      ))}
    </ol>
  );
}

type RowProps = Required<Pick<QueueListProps, 'showStation' | 'canWrite' | 'canExamine' | 'canBill'>> & {
  entry: QueueEntry;
  press: PressRow;
  /** Waited so far, and until the drops have worked. */
  minutes: number;
  toReady: number | null;
  fee: FeeState | undefined;
};

/** Drawn again when something of it changes: a press draws one row, and not hundreds. */
const Row = memo(function Row({
  entry,
  showStation,
  canWrite,
  canExamine,
  canBill,
  press,
  minutes,
  toReady,
  fee,
}: RowProps) {
  const level = waitLevel(minutes);
  return (
    <li
      className={clsx(
        'flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 sm:px-5 @4xl:grid',
        showStation ? WITH_STATION : WITHOUT_STATION,
      )}
    >
      <span
        className={clsx(
          'grid size-11 shrink-0 place-items-center rounded-lg font-semibold text-lg tabular-nums',
          entry.status === 'in-progress' ? 'bg-accent text-accent-text' : 'bg-surface-sunken text-text',
        )}
      >
        <span className="sr-only">Token </span>
        {entry.token}
      </span>
      <div className="min-w-40 flex-1">
        <p className="flex flex-wrap items-center gap-2">
          <Link href={paths.visit(entry.visitId)} className="font-medium hover:underline">
            {entry.patientName}
          </Link>
          {entry.priority === 'normal' ? null : (
            <Badge tone={entry.priority === 'urgent' ? 'warning' : 'danger'}>
              {PRIORITY_LABEL[entry.priority]}
            </Badge>
          )}
        </p>
        <p className="text-[0.8125rem] text-text-muted">
          {fee ? (
            <Badge tone={FEE_TONE[fee]} className="mr-2">
              {FEE_LABEL[fee]}
            </Badge>
          ) : null}
          {[entry.patientNumber, entry.doctorName, entry.room, entry.note].filter(Boolean).join(' · ')}
        </p>
      </div>
      {showStation ? (
        <Badge tone={`station-${entry.station}`} className="justify-self-start">
          {STATION_LABEL[entry.station]}
        </Badge>
      ) : null}
      <div className="w-32 text-[0.8125rem]">
        <p>{STEP_LABEL[entry.status]}</p>
        <p className={clsx('tabular-nums', entry.status === 'in-progress' ? 'text-text-muted' : WAIT[level])}>
          {toReady !== null && toReady > 0 ? `ready in ${durationText(toReady)}` : durationText(minutes)}
          {entry.status === 'in-progress' ? '' : WAIT_WORD[level]}
        </p>
      </div>
      <div className="flex items-center justify-end gap-2">
        {canBill && (!fee || fee === 'to-bill') ? (
          <Link
            href={paths.newBill(entry.patientId, entry.visitId)}
            className={buttonClass({ size: 'sm' })}
            aria-label={`Bill ${entry.patientName}`}
          >
            Bill
          </Link>
        ) : null}
        {canExamine && entry.status === 'in-progress' && isExamined(entry) ? (
          <Link
            href={paths.visit(entry.visitId)}
            className={buttonClass({ size: 'sm' })}
            aria-label={`Examine ${entry.patientName}`}
          >
            Examine
          </Link>
        ) : null}
        {canWrite ? <EntryActions entry={entry} press={press} /> : null}
      </div>
    </li>
  );
});
