'use client';
import { useEffect, useRef, useState } from 'react';
import { useFormProgress } from '@/components/forms/form-context';
import { useField } from '@/components/forms/form-field';
import { Alert } from '@/components/ui/alert';
import { paths } from '@/lib/paths';
import { formatDay } from '@/lib/time';

type Left = {
  id: string;
  patientName: string;
  patientNumber: string;
  doctorName: string;
  day: string;
  time: string;
};
type Answer = { seen: string; count: number; left: Left[] };

const NOBODY: Answer = { seen: '', count: 0, left: [] };
const WAIT_MS = 300;

/** Whom the form around would leave without their time: asked as it is typed, and sent with it as seen. */
export function StrandedField() {
  const { id, error } = useField('seen', 'Patients without their time');
  const { state } = useFormProgress();
  const place = useRef<HTMLDivElement>(null);
  const [answer, setAnswer] = useState(NOBODY);

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again after each answer of the action
  useEffect(() => {
    const form = place.current?.closest('form');
    if (!form) return;
    let controller = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async () => {
      controller.abort();
      controller = new AbortController();
      const fields = [...new FormData(form)].flatMap(([name, value]) =>
        typeof value === 'string' && !LEFT_OUT.has(name) && !name.startsWith('$') ? [[name, value]] : [],
      );
      try {
        const { signal } = controller;
        const response = await fetch(`${paths.strandedBy}?${new URLSearchParams(fields)}`, { signal });
        setAnswer(response.ok ? ((await response.json()) as Answer) : NOBODY);
      } catch {
        // Overtaken, or without a network: the action looks again by itself.
      }
    };
    const soon = () => {
      clearTimeout(timer);
      timer = setTimeout(() => void ask(), WAIT_MS);
    };
    form.addEventListener('input', soon);
    void ask();
    return () => {
      clearTimeout(timer);
      controller.abort();
      form.removeEventListener('input', soon);
    };
  }, [state]);

  const { count, left, seen } = answer;
  return (
    <div ref={place} id={id} tabIndex={-1} className="empty:hidden">
      <input type="hidden" name="seen" value={seen} readOnly />
      {count > 0 ? (
        <Alert
          tone="warning"
          title={`${count === 1 ? 'One patient is' : `${count} patients are`} booked in this time`}
          live
        >
          <p>They keep their appointment until somebody has called them: saving puts them on that list.</p>
          <ul aria-label="Patients without their time" className="mt-2 grid max-h-56 gap-1 overflow-y-auto">
            {left.map(({ id: key, day, time, doctorName, patientName, patientNumber }) => (
              <li key={key}>
                <span className="tabular-nums">
                  {formatDay(day)}, {time}
                </span>
                : {patientName}, {patientNumber}, {doctorName}
              </li>
            ))}
          </ul>
          {count > left.length ? <p className="mt-1">And {count - left.length} more.</p> : null}
        </Alert>
      ) : null}
      {error && count === 0 ? <p className="text-danger text-sm">{error}</p> : null}
    </div>
  );
}

const LEFT_OUT = new Set(['seen', 'version', 'pressKey', 'reason']);
