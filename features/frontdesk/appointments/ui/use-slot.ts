import { useCallback, useEffect, useRef, useState } from 'react';
import { DEFAULT_DURATION_MINUTES } from '@/features/frontdesk/schedules/policy';
import { minutesOf, readTime } from '@/lib/clock';
import type { Fields } from '@/lib/forms';
import { paths } from '@/lib/paths';

type Taken = { time: string; endTime: string; doctorName: string };
/** `note` says why the doctor is not there, or not all day; `slotMinutes` is null where no hours are set. */
type Answer = {
  times: string[];
  next: { day: string; time: string } | null;
  ofPatient: Taken[];
  note: string;
  slotMinutes: number | null;
};
type Free = { state: 'idle' | 'loading' | 'ready' | 'failed' } & Answer;

export type SlotStart = {
  doctorId: string;
  branchId: string;
  date: string;
  time: string;
  durationMinutes?: number;
};
type Options = {
  start: SlotStart;
  patientId?: string | undefined;
  except?: string;
  isTimeChosen: boolean;
  isDateChosen: boolean;
};

const NOTHING: Answer = { times: [], next: null, ofPatient: [], note: '', slotMinutes: null };

/**
 * Doctor, date, time and length of an appointment, with the free times that fit. Proposes the first free time
 * until a time is chosen, and the next day that has one until a date is chosen.
 */
export function useSlot({ start, patientId, except, isTimeChosen, isDateChosen }: Options) {
  const [doctorId, setDoctorId] = useState(start.doctorId);
  const [branchId, setBranchId] = useState(start.branchId);
  const [date, setDate] = useState(start.date);
  const [time, setTime] = useState(start.time);
  const [durationMinutes, setDuration] = useState(start.durationMinutes ?? DEFAULT_DURATION_MINUTES);
  const [free, setFree] = useState<Free>({ state: 'idle', ...NOTHING });
  const [attempt, setAttempt] = useState(0);
  const chosen = useRef({
    time: isTimeChosen,
    date: isDateChosen,
    length: start.durationMinutes !== undefined,
  });
  const isTyping = useRef(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` asks again after a failure
  useEffect(() => {
    if (!doctorId || !/^\d{4}-\d{2}-\d{2}$/.test(date)) {
      setFree({ state: 'idle', ...NOTHING });
      return;
    }
    const controller = new AbortController();
    setFree((before) => ({ ...before, state: 'loading' }));
    ask({ doctorId, branchId, date, durationMinutes, patientId, except }, controller.signal)
      .then((answer) => {
        setFree({ state: 'ready', ...answer });
        // The doctor's own slots; it is asked again for the times that fit them.
        const isOther = answer.slotMinutes !== null && answer.slotMinutes !== durationMinutes;
        if (isOther && !chosen.current.length) {
          setDuration(answer.slotMinutes ?? durationMinutes);
          return;
        }
        // Not into what somebody is writing: the two would mix.
        if (chosen.current.time || isTyping.current) return;
        if (answer.times.length === 0 && answer.next && !chosen.current.date) {
          setDate(answer.next.day);
          setTime(answer.next.time);
        } else setTime(answer.times[0] ?? '');
      })
      .catch(() => {
        if (!controller.signal.aborted) setFree({ state: 'failed', ...NOTHING });
      });
    return () => controller.abort();
  }, [doctorId, branchId, date, durationMinutes, patientId, except, attempt]);

  /** As a draft had it. */
  const restore = useCallback((fields: Fields) => {
    const text = (name: string): string => (typeof fields[name] === 'string' ? fields[name] : '');
    chosen.current = {
      time: Boolean(text('time')),
      date: Boolean(text('date')),
      length: Boolean(text('durationMinutes')),
    };
    setDoctorId(text('doctorId'));
    if (text('branchId')) setBranchId(text('branchId'));
    setDate(text('date'));
    setTime(text('time'));
    setDuration(Number(text('durationMinutes')) || DEFAULT_DURATION_MINUTES);
  }, []);
  /** A save was refused: what is free is looked up again, and what was asked for stays as it is. */
  const asked = useRef({ doctorId, time });
  useEffect(() => {
    asked.current = { doctorId, time };
  });
  const refused = useCallback(() => {
    // A form that was sent before it was filled in has asked for no time yet.
    if (!asked.current.doctorId || !asked.current.time) return;
    chosen.current = { ...chosen.current, time: true, date: true };
    setAttempt((count) => count + 1);
  }, []);
  const from = minutesOf(time);
  /** A time that can be read and is none of those offered, of a doctor whose hours or absence say so. */
  const isOutside =
    // Also while it is asked again: what was written as the reason stays.
    (free.slotMinutes !== null || free.note !== '') &&
    readTime(time) !== null &&
    !free.times.includes(readTime(time) ?? '');
  const clash = free.ofPatient.find(
    (other) => time && minutesOf(other.time) < from + durationMinutes && from < minutesOf(other.endTime),
  );
  return {
    doctorId,
    branchId,
    date,
    time,
    durationMinutes,
    free,
    clash,
    isOutside,
    setDoctorId,
    setBranchId,
    setDuration: (minutes: number) => {
      chosen.current.length = true;
      setDuration(minutes);
    },
    setDate: (value: string) => {
      chosen.current.date = true;
      setDate(value);
    },
    setTime: (value: string) => {
      chosen.current.time = true;
      setTime(value);
    },
    beginTyping: () => {
      isTyping.current = true;
    },
    /** Who was in the box and wrote nothing gets the proposal that came meanwhile. */
    endTyping: () => {
      isTyping.current = false;
      if (!chosen.current.time && free.state === 'ready') setTime(free.times[0] ?? '');
    },
    restore,
    refused,
    retry: () => setAttempt((count) => count + 1),
  };
}

export type SlotControls = ReturnType<typeof useSlot>;

async function ask(
  query: {
    doctorId: string;
    branchId: string;
    date: string;
    durationMinutes: number;
    patientId: string | undefined;
    except: string | undefined;
  },
  signal: AbortSignal,
): Promise<Answer> {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) params.set(name, String(value));
  const response = await fetch(`${paths.freeTimes}?${params}`, { signal });
  if (!response.ok) throw new Error(`The free times answered ${response.status}`);
  return (await response.json()) as Answer;
}
