import { LineChart } from '@/components/charts/line-chart';
import { formatDay } from '@/lib/time';
import { monthName, shortDay } from '@/lib/words';
import { acuityAtPlace, chartPlaceOf, logMarAtPlace, type Notation } from '../acuity';
import type { Examination } from '../dto';
import type { EyeRecord } from '../eye-record';
import { EYE_LABEL, EYES, type Eye } from '../eyes';
import { bestAcuity, pressureOf } from '../policy';

const TONES = { right: 1, left: 3 } as const;
const TARGET_TONES = { right: 2, left: 4 } as const;
type Line = { key: string; label: string; tone: 1 | 2 | 3 | 4; values: (number | null)[] };

const isTrend = (lines: readonly Line[]): boolean =>
  lines.some(({ values }) => values.filter((value) => value !== null).length > 1);

/** Pressure with its target and acuity of both eyes over the visits at which they were measured. */
export function Trends({
  examinations,
  notation,
  record,
}: {
  /** The newest first. */
  examinations: readonly Examination[];
  notation: Notation;
  record: EyeRecord;
}) {
  const inOrder = [...examinations].reverse();
  const linesOf = (rows: readonly Examination[], read: (one: Examination, eye: Eye) => number | null) =>
    EYES.map(
      (eye): Line => ({
        key: eye,
        label: `${EYE_LABEL[eye]} eye`,
        tone: TONES[eye],
        values: rows.map((one) => read(one, eye)),
      }),
    );
  const pressed = inOrder.filter((one) => EYES.some((eye) => pressureOf(one.measurements, eye) !== null));
  const pressures = linesOf(pressed, (one, eye) => pressureOf(one.measurements, eye));
  const targets = EYES.flatMap((eye): Line[] => {
    const target = record.targets[eye]?.mmHg;
    if (target === undefined) return [];
    const label = `${EYE_LABEL[eye]} target`;
    return [{ key: `${eye}-target`, label, tone: TARGET_TONES[eye], values: pressed.map(() => target) }];
  });
  const seen = inOrder.filter((one) => EYES.some((eye) => bestAcuity(one.measurements, eye) !== null));
  const acuities = linesOf(seen, ({ measurements }, eye) => {
    const best = bestAcuity(measurements, eye);
    return best === null ? null : chartPlaceOf(best);
  });
  const charts = [
    isTrend(pressures) ? (
      <LineChart
        key="pressure"
        title="Eye pressure"
        unit="mmHg"
        format={(value) => `${value} mmHg`}
        formatTick={String}
        series={[...pressures, ...targets]}
        {...daysOf(pressed)}
      />
    ) : null,
    isTrend(acuities) ? (
      <LineChart
        key="acuity"
        title="Best acuity"
        unit="logMAR"
        format={(place) => acuityAtPlace(place, notation)}
        formatTick={logMarAtPlace}
        series={acuities}
        {...daysOf(seen)}
      />
    ) : null,
  ].filter(Boolean);
  if (charts.length === 0) return null;
  return <div className="grid gap-6 border-border border-b p-4 sm:p-5">{charts}</div>;
}

function daysOf(rows: readonly Examination[]) {
  const isOneYear = new Set(rows.map(({ day }) => day.slice(0, 4))).size < 2;
  return {
    categoryLabel: 'Day',
    categories: rows.map(({ day }) => (isOneYear ? shortDay(day) : monthName(day.slice(0, 7)))),
    longCategories: rows.map(({ day }) => formatDay(day)),
  };
}
