import { clsx } from 'clsx';
import { scaleLinear } from 'd3-scale';
import type { ReactNode } from 'react';
import { useId } from 'react';
import { ScrollRegion } from '../ui/scroll-region';
import { type Along, ChartDrawing, ChartTable, type Figures } from './figures';

type Series = {
  key: string;
  label: string;
  /** One per category; null where nothing was measured. */
  values: readonly (number | null)[];
  /** Which of the chart colours of app/globals.css. */
  tone: 1 | 2 | 3 | 4 | 5;
};

export const FILL = {
  1: 'fill-chart-1',
  2: 'fill-chart-2',
  3: 'fill-chart-3',
  4: 'fill-chart-4',
  5: 'fill-chart-5',
} as const;
export const STROKE = {
  1: 'stroke-chart-1',
  2: 'stroke-chart-2',
  3: 'stroke-chart-3',
  4: 'stroke-chart-4',
  5: 'stroke-chart-5',
} as const;
const SWATCH = {
  1: 'bg-chart-1',
  2: 'bg-chart-2',
  3: 'bg-chart-3',
  4: 'bg-chart-4',
  5: 'bg-chart-5',
} as const;

export type ChartProps = {
  title: string;
  /** What the figures are: "US dollars a month", "minutes". */
  unit: string;
  /** What a category is: "Month", "Day". */
  categoryLabel: string;
  categories: readonly string[];
  series: readonly Series[];
  format: (value: number) => string;
  /** Ticks are shorter than the values in the table. */
  formatTick?: (value: number) => string;
  /** Of a time: a narrow screen begins with what is newest, at the right. */
  isNewestLast?: boolean;
  /** A category's words in the table and in the tips; the axis has the short ones. */
  longCategories?: readonly string[];
  /** What happened beside the figures: where along the categories, between two of them in halves. */
  marks?: readonly { at: number; label: string }[];
  /** What went on beside the figures for a while, a row each below them: from and to along the categories. */
  lanes?: readonly { label: string; note: string; parts: readonly { from: number; to: number }[] }[];
};

export const WIDTH = 720;
export const HEIGHT = 260;
/** Of a row below the figures. */
export const LANE = 20;
export const MARGIN = { top: 12, right: 12, bottom: 44, left: 68 } as const;

/** Each series of each category in words. */
function figuresOf({ categories, longCategories, series, format }: ChartProps): Figures {
  const cell = (value: number | null | undefined) =>
    value === null || value === undefined ? '–' : format(value);
  return {
    labels: series.map(({ label }) => label),
    rows: (longCategories ?? categories).map((name, index) => [
      name,
      ...series.map(({ values }) => cell(values[index])),
    ]),
  };
}

/**
 * The words around a drawing: title, legend, and the same figures as a table. The drawing is made on the
 * server; the figures are sent once, for the table and for who points at the drawing.
 */
function ChartFrame({ children, along, ...props }: ChartProps & { along: Along; children: ReactNode }) {
  const id = useId();
  const figures = figuresOf(props);
  return (
    <figure className="grid min-w-0 gap-3" data-keep-together="">
      <figcaption className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <span id={id} className="font-semibold text-[0.9375rem] text-text">
          {props.title}
        </span>
        {props.series.length > 1 ? (
          <ul className="flex flex-wrap gap-x-4 gap-y-1 text-[0.8125rem] text-text-muted" aria-label="Legend">
            {props.series.map((one) => (
              <li key={one.key} className="flex items-center gap-1.5">
                <span aria-hidden="true" className={`size-2.5 rounded-xs ${SWATCH[one.tone]}`} />
                {one.label}
              </li>
            ))}
          </ul>
        ) : null}
      </figcaption>
      <ScrollRegion
        aria-labelledby={id}
        // What reads from right to left is scrolled to its right end before anything runs.
        className={clsx('rounded-md print:overflow-visible', props.isNewestLast && '[direction:rtl]')}
      >
        <ChartDrawing {...figures} along={along}>
          {children}
        </ChartDrawing>
      </ScrollRegion>
      {props.marks && props.marks.length > 0 ? (
        <ol
          aria-label={`Marks of “${props.title}”`}
          className="flex flex-wrap gap-x-4 gap-y-1 text-[0.8125rem] text-text-muted"
        >
          {props.marks.map(({ label }, index) => (
            <li key={label}>
              <span aria-hidden="true" className="font-medium text-text">
                {index + 1}
              </span>{' '}
              {label}
            </li>
          ))}
        </ol>
      ) : null}
      {props.lanes && props.lanes.length > 0 ? (
        <ul
          aria-label={`Beside “${props.title}”`}
          className="flex flex-wrap gap-x-4 gap-y-1 text-[0.8125rem] text-text-muted"
        >
          {props.lanes.map(({ label, note }) => (
            <li key={label}>
              <span className="font-medium text-text">{label}</span> {note}
            </li>
          ))}
        </ul>
      ) : null}
      <ChartTable
        {...{ title: props.title, unit: props.unit, categoryLabel: props.categoryLabel }}
        {...figures}
      />
    </figure>
  );
}

/** The scale of the values, from zero or below to a round figure above the highest. */
export const valueScale = (lowest: number, highest: number) =>
  scaleLinear()
    .domain([Math.min(0, lowest), Math.max(1, highest)])
    .nice(5)
    .range([HEIGHT - MARGIN.bottom, MARGIN.top]);

/** The drawing itself: axes, and on them what the chart draws. */
export function Plot({
  props,
  y,
  centre,
  children,
}: {
  props: ChartProps;
  y: ReturnType<typeof valueScale>;
  centre: (index: number) => number;
  children: ReactNode;
}) {
  const lanes = props.lanes?.length ?? 0;
  return (
    <ChartFrame {...props} along={{ first: centre(0) / WIDTH, step: (centre(1) - centre(0)) / WIDTH }}>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT + lanes * LANE}`}
        className="block h-auto w-full"
        role="img"
        aria-label={props.title}
      >
        <Axes props={props} y={y} ticks={y.ticks(5).filter(Number.isInteger)} centre={centre} />
        {children}
      </svg>
    </ChartFrame>
  );
}

type Scale = (value: number) => number;

/** Horizontal lines with their figures, the categories below (as many as fit), and the words of both axes. */
function Axes({
  props,
  y,
  ticks,
  centre,
}: {
  props: ChartProps;
  y: Scale;
  ticks: readonly number[];
  centre: (index: number) => number;
}) {
  const step = Math.ceil(props.categories.length / 12);
  const format = props.formatTick ?? props.format;
  return (
    <g className="fill-text-muted text-[11px]">
      {ticks.map((tick) => (
        <g key={tick} transform={`translate(0 ${y(tick)})`}>
          <line
            x1={MARGIN.left}
            x2={WIDTH - MARGIN.right}
            className={tick === 0 ? 'stroke-border-strong' : 'stroke-border'}
          />
          <text x={MARGIN.left - 8} dy="0.32em" textAnchor="end">
            {format(tick)}
          </text>
        </g>
      ))}
      {props.categories.map((category, index) =>
        index % step === 0 ? (
          <text key={category} x={centre(index)} y={HEIGHT - MARGIN.bottom + 16} textAnchor="middle">
            {category}
          </text>
        ) : null,
      )}
      <text x={(MARGIN.left + WIDTH - MARGIN.right) / 2} y={HEIGHT - 6} textAnchor="middle">
        {props.categoryLabel}
      </text>
      <text
        transform={`translate(12 ${(HEIGHT - MARGIN.bottom + MARGIN.top) / 2}) rotate(-90)`}
        textAnchor="middle"
      >
        {props.unit}
      </text>
    </g>
  );
}
