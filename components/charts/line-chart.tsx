import { scalePoint } from 'd3-scale';
import { line } from 'd3-shape';
import { type ChartProps, FILL, HEIGHT, MARGIN, Plot, STROKE, valueScale, WIDTH } from './frame';

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
  const names = props.longCategories ?? props.categories;
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
      {props.series.map((one) => (
        <g key={one.key}>
          <path d={path([...one.values]) ?? ''} className={`fill-none ${STROKE[one.tone]}`} strokeWidth={2} />
          {one.values.map((value, index) =>
            value === null ? null : (
              <circle key={names[index]} cx={centre(index)} cy={y(value)} r={3.5} className={FILL[one.tone]}>
                <title>{`${names[index]}: ${one.label} ${props.format(value)}`}</title>
              </circle>
            ),
          )}
        </g>
      ))}
    </Plot>
  );
}
