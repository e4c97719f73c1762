import { EYE_LABEL, EYES, type Eye } from '../eyes';
import type { Assessment, Measurements } from '../policy';

/** The patient's last examination before this one. */
export type Earlier = { day: string; measurements: Measurements; assessment: Assessment };

/** What was there the last time, for the one who measures: never filled in, so never kept by mistake. */
export function LastTime({
  earlier,
  text,
  by,
}: {
  earlier: Earlier | null;
  text: (eye: Eye) => string | null;
  /** How it was measured. */
  by?: string | undefined;
}) {
  const parts = EYES.flatMap((eye) => {
    const found = earlier ? text(eye) : null;
    return found ? [`${EYE_LABEL[eye].toLowerCase()} ${found}`] : [];
  });
  if (!earlier || parts.length === 0) return null;
  return (
    <p className="text-[0.8125rem] text-text-subtle tabular-nums">
      {earlier.day}: {parts.join(', ')}
      {by ? `, ${by}` : ''}
    </p>
  );
}
