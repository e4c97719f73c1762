import { LineChart } from '@/components/charts/line-chart';
import type { DoneProcedure } from '@/features/record/orders/queries';
import { formatDay } from '@/lib/time';
import { monthName, shortDay } from '@/lib/words';
import { acuityAtPlace, chartPlaceOf, logMarAtPlace, type Notation } from '../acuity';
import type { Examination } from '../dto';
import type { EyeRecord } from '../eye-record';
import { EYE_LABEL, EYES, type Eye } from '../eyes';
import { bestAcuity, pressureOf, SIDE_LABEL } from '../policy';
import { leadingLens } from '../refraction-sets';

const TONES = { right: 1, left: 3 } as const;
const TARGET_TONES = { right: 2, left: 4 } as const;
type Line = { key: string; label: string; tone: 1 | 2 | 3 | 4; values: (number | null)[] };

const isTrend = (lines: readonly Line[]): boolean =>
  lines.some(({ values }) => values.filter((value) => value !== null).length > 1);

/** Pressure with its target, acuity and what else is followed, over the visits that measured them. */
export function Trends({
  examinations,
  notation,
  record,
  done = [],
  medicines = [],
}: {
  /** The newest first. */
  examinations: readonly Examination[];
  notation: Notation;
  record: EyeRecord;
  /** Injections and operations, marked on each line. */
  done?: readonly DoneProcedure[];
  /** Of the eye, a row each below pressure and acuity. */
  medicines?: readonly MedicineTime[];
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
        {...daysOf(pressed, done, medicines)}
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
        {...daysOf(seen, done, medicines)}
      />
    ) : null,
  ].filter(Boolean);
  const more = FIGURES.flatMap(({ key, title, unit, read, shown }) => {
    const rows = inOrder.filter((one) => EYES.some((eye) => read(one, eye) !== null));
    const lines = linesOf(rows, read);
    if (!isTrend(lines)) return [];
    const format = shown ?? ((value: number) => `${value} ${unit}`);
    return [
      <LineChart
        key={key}
        {...{ title, unit, format }}
        formatTick={String}
        series={lines}
        {...daysOf(rows, done)}
      />,
    ];
  });
  if (charts.length === 0 && more.length === 0) return null;
  return (
    <div className="grid gap-6 border-border border-b p-4 sm:p-5">
      {charts}
      {more.length > 0 ? <div className="grid gap-6 xl:grid-cols-2">{more}</div> : null}
    </div>
  );
}

type Figure = {
  key: string;
  title: string;
  unit: string;
  read: (one: Examination, eye: Eye) => number | null;
  shown?: (value: number) => string;
};

/** Null for what was not measured and for a word: "could not" stands on no chart. */
const numberOf = (text: string | undefined): number | null =>
  text !== undefined && /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : null;
const tested = (key: string, title: string, unit: string): Figure => ({
  ...{ key, title, unit },
  read: ({ measurements }, eye) => numberOf(measurements.tests?.[key]?.[eye]),
});

/** What else is followed over years, each shown once there are two of it. */
const FIGURES: readonly Figure[] = [
  {
    key: 'refraction',
    title: 'Refraction, spherical equivalent',
    unit: 'D',
    read: ({ measurements }, eye) => {
      const lens = leadingLens(measurements.refractions, eye);
      return lens ? (lens.sphere + lens.cylinder / 2) / 4 : null;
    },
    shown: (dioptres) => `${dioptres > 0 ? '+' : dioptres < 0 ? '−' : ''}${Math.abs(dioptres).toFixed(2)} D`,
  },
  {
    key: 'cup',
    title: 'Cup/disc, vertical',
    unit: 'ratio',
    read: ({ assessment }, eye) => numberOf(assessment.rows?.cup?.[eye]),
    shown: (ratio) => ratio.toFixed(1),
  },
  tested('rnfl', 'RNFL, average', 'µm'),
  tested('gcl', 'Ganglion cells', 'µm'),
  tested('field-md', 'Visual field, mean deviation', 'dB'),
  tested('field-vfi', 'Visual field, index', '%'),
  tested('cmt', 'Central macular thickness', 'µm'),
  tested('cells', 'Endothelial cells', '/mm²'),
];

/** Where a day stands along the days of a chart: on one of them, or between two. */
function placeOf(day: string, days: readonly string[]): number {
  const on = days.indexOf(day);
  if (on >= 0) return on;
  const before = days.filter((one) => one < day).length;
  return Math.min(Math.max(before - 0.5, -0.4), days.length - 0.6);
}

/** What was given to an eye, and when; without an end it goes on. */
export type MedicineTime = { label: string; parts: readonly { from: string; until: string | null }[] };

/** The same along the days of a chart, in true proportion between two of them. */
function timeOf(day: string, days: readonly string[]): number {
  const after = days.findIndex((one) => one >= day);
  if (after === 0) return days[0] === day ? 0 : -0.4;
  if (after < 0) return days.length - 0.6;
  const [from, to] = [Date.parse(days[after - 1] ?? day), Date.parse(days[after] ?? day)];
  return after - 1 + (Date.parse(day) - from) / (to - from);
}

/** Those of the time that a chart shows, the earliest first; what ended before its first day says nothing. */
function lanesOf(medicines: readonly MedicineTime[], days: readonly string[]) {
  const [first = '', last = ''] = [days[0], days.at(-1)];
  return medicines.flatMap(({ label, parts }) => {
    const shown = parts.filter(({ from, until }) => from <= last && (until === null || until >= first));
    if (shown.length === 0) return [];
    const note = shown
      .map(({ from, until }) =>
        until ? `${formatDay(from)} to ${formatDay(until)}` : `since ${formatDay(from)}`,
      )
      .join('; ');
    const places = shown.map(({ from, until }) => ({
      from: timeOf(from, days),
      to: until === null ? days.length - 0.6 : timeOf(until, days),
    }));
    return [{ label, note, parts: places }];
  });
}

function daysOf(
  rows: readonly Examination[],
  done: readonly DoneProcedure[],
  medicines: readonly MedicineTime[] = [],
) {
  const days = rows.map(({ day }) => day);
  const isOneYear = new Set(rows.map(({ day }) => day.slice(0, 4))).size < 2;
  return {
    categoryLabel: 'Day',
    isNewestLast: true,
    categories: rows.map(({ day }) => (isOneYear ? shortDay(day) : monthName(day.slice(0, 7)))),
    longCategories: rows.map(({ day }) => formatDay(day)),
    lanes: lanesOf(medicines, days),
    marks: done.map(({ day, what, side }) => ({
      at: placeOf(day, days),
      label: [what, side === 'none' ? null : SIDE_LABEL[side].toLowerCase(), formatDay(day)]
        .filter(Boolean)
        .join(', '),
    })),
  };
}
