import { scalePoint } from 'd3-scale';
import { line } from 'd3-shape';
import { type ChartProps, HEIGHT, LANE, MARGIN, Plot, STROKE, valueScale, WIDTH } from './frame';

/** No eye tells a tenth of a unit of the drawing apart. */
const tenths = (place: number): number => Math.round(place * 10) / 10;

/** Lines with a dot for each figure; a gap where nothing was measured. */
export function LineChart(props: ChartProps) {
  const values = props.series.flatMap((one) => one.values.flatMap((value) => value ?? []));
  const y = valueScale(Math.min(0, ...values), Math.max(0, ...values));
  const x = scalePoint<number>()
    .domain(props.categories.map((_, index) => index))
    .range([MARGIN.left, WIDTH - MARGIN.right])
    .padding(0.5);
  const centre = (index: number) => x(index) ?? 0;
  const path = line<number | null>()
    .defined((value) => value !== null)
    .x((_, index) => centre(index))
    .y((value) => y(value ?? 0));
  // All dots of a line are one path: lines of no length, with round ends.
  const dotsOf = (figures: readonly (number | null)[]) =>
    figures
      .map((value, index) => (value === null ? '' : `M${tenths(centre(index))} ${tenths(y(value))}h0`))
      .join('');
  return (
    <Plot props={props} y={y} centre={centre}>
      {props.marks?.map(({ at, label }, index) => (
        <g key={label} transform={`translate(${centre(0) + at * x.step()} 0)`}>
          <title>{label}</title>
          <line
            y1={MARGIN.top + 6}
            y2={HEIGHT - MARGIN.bottom}
            className="stroke-border-strong"
            strokeDasharray="4 3"
            strokeWidth={1.5}
          />
          <text y={MARGIN.top + 2} textAnchor="middle" className="fill-text-muted text-[11px]">
            {index + 1}
          </text>
        </g>
      ))}
      {props.lanes?.map(({ label, note, parts }, index) => {
        const top = HEIGHT + index * LANE;
        const place = (at: number) => centre(0) + at * x.step();
        const first = place(parts[0]?.from ?? 0);
        // What begins far to the right would leave the drawing.
        const isRight = first > WIDTH * 0.6;
        const last = place(parts.at(-1)?.to ?? 0);
        return (
          <g key={label}>
            <title>{`${label} ${note}`}</title>
            {parts.map(({ from, to }) => (
              <rect
                key={from}
                x={place(from)}
                y={top}
                width={Math.max(3, place(to) - place(from))}
                height={LANE - 5}
                rx={3}
                className="fill-chart-5 opacity-25"
              />
            ))}
            <text
              x={isRight ? last - 4 : first + 4}
              y={top + LANE - 9}
              textAnchor={isRight ? 'end' : 'start'}
              className="fill-text text-[11px]"
            >
              {label}
            </text>
          </g>
        );
      })}
      {props.series.map((one) => (
        <g key={one.key}>
          <path d={path([...one.values]) ?? ''} className={`fill-none ${STROKE[one.tone]}`} strokeWidth={2} />
          <path d={dotsOf(one.values)} className={STROKE[one.tone]} strokeWidth={7} strokeLinecap="round" />
        </g>
      ))}
    </Plot>
  );
}
