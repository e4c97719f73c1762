import { useCallback, useEffect, useRef, useState } from 'react';
import type { Fields } from '@/lib/forms';
import { paths } from '@/lib/paths';
import { DEFAULT_DURATION_MINUTES, minutesOf } from '../policy';

type Taken = { time: string; endTime: string; doctorName: string };
type Answer = { times: string[]; next: { day: string; time: string } | null; ofPatient: Taken[] };
type Free = { state: 'idle' | 'loading' | 'ready' | 'failed' } & Answer;

export type SlotStart = { doctorId: string; date: string; time: string; durationMinutes?: number };
type Options = {
  start: SlotStart;
  patientId?: string | undefined;
  except?: string;
  isTimeChosen: boolean;
  isDateChosen: boolean;
};

const NOTHING: Answer = { times: [], next: null, ofPatient: [] };

/**
 * Doctor, date, time and length of an appointment, with the free times that fit. Proposes the first free time
 * until a time is chosen, and the next day that has one until a date is chosen.
 */
export function useSlot({ start, patientId, except, isTimeChosen, isDateChosen }: Options) {
  const [doctorId, setDoctorId] = useState(start.doctorId);
  const [date, setDate] = useState(start.date);
  const [time, setTime] = useState(start.time);
  const [durationMinutes, setDuration] = useState(start.durationMinutes ?? DEFAULT_DURATION_MINUTES);
  const [free, setFree] = useState<Free>({ state: 'idle', ...NOTHING });
  const [attempt, setAttempt] = useState(0);
  const chosen = useRef({ time: isTimeChosen, date: isDateChosen });

  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` asks again after a failure
  useEffect(() => {
    if (!doctorId || !/^\d{4}-\d{2}-\d{2}$/.test(date)) {
      setFree({ state: 'idle', ...NOTHING });
      return;
    }
    const controller = new AbortController();
    setFree((before) => ({ ...before, state: 'loading' }));
    ask({ doctorId, date, durationMinutes, patientId, except }, controller.signal)
      .then((answer) => {
        setFree({ state: 'ready', ...answer });
        if (chosen.current.time) return;
        if (answer.times.length === 0 && answer.next && !chosen.current.date) {
          setDate(answer.next.day);
          setTime(answer.next.time);
        } else setTime(answer.times[0] ?? '');
      })
      .catch(() => {
        if (!controller.signal.aborted) setFree({ state: 'failed', ...NOTHING });
      });
    return () => controller.abort();
  }, [doctorId, date, durationMinutes, patientId, except, attempt]);

  /** As a draft had it. */
  const restore = useCallback((fields: Fields) => {
    const text = (name: string): string => (typeof fields[name] === 'string' ? fields[name] : '');
    chosen.current = { time: Boolean(text('time')), date: Boolean(text('date')) };
    setDoctorId(text('doctorId'));
    setDate(text('date'));
    setTime(text('time'));
    setDuration(Number(text('durationMinutes')) || DEFAULT_DURATION_MINUTES);
  }, []);
  const from = minutesOf(time);
  const clash = free.ofPatient.find(
    (other) => time && minutesOf(other.time) < from + durationMinutes && from < minutesOf(other.endTime),
  );
  return {
    doctorId,
    date,
    time,
    durationMinutes,
    free,
    clash,
    setDoctorId,
    setDuration,
    setDate: (value: string) => {
      chosen.current.date = true;
      setDate(value);
    },
    setTime: (value: string) => {
      chosen.current.time = true;
      setTime(value);
    },
    restore,
    retry: () => setAttempt((count) => count + 1),
  };
}

export type SlotControls = ReturnType<typeof useSlot>;

async function ask(
  query: {
    doctorId: string;
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
