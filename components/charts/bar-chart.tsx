import { scaleBand } from 'd3-scale';
import { type ChartProps, FILL, MARGIN, Plot, valueScale, WIDTH } from './frame';

/** Stacked bars: what is above zero grows upwards, what is below it downwards. */
export function BarChart(props: ChartProps) {
  const stacks = props.categories.map((_, index) => {
    let up = 0;
    let down = 0;
    return props.series.flatMap((one) => {
      const value = one.values[index] ?? 0;
      if (value === 0) return [];
      const from = value > 0 ? up : down;
      const to = from + value;
      if (value > 0) up = to;
      else down = to;
      return [{ key: one.key, tone: one.tone, from, to }];
    });
  });
  const ends = stacks.flat().map(({ to }) => to);
  const y = valueScale(Math.min(0, ...ends), Math.max(0, ...ends));
  const x = scaleBand<number>()
    .domain(props.categories.map((_, index) => index))
    .range([MARGIN.left, WIDTH - MARGIN.right])
    .paddingInner(0.3)
    .paddingOuter(0.15);
  const centre = (index: number) => (x(index) ?? 0) + x.bandwidth() / 2;
  const names = props.longCategories ?? props.categories;
  return (
    <Plot props={props} y={y} centre={centre}>
      {stacks.map((stack, index) =>
        stack.map((part) => (
          <rect
            key={`${names[index]}${part.key}`}
            x={x(index)}
            width={x.bandwidth()}
            y={y(Math.max(part.from, part.to))}
            height={Math.max(1, Math.abs(y(part.from) - y(part.to)))}
            className={FILL[part.tone]}
          />
        )),
      )}
    </Plot>
  );
}
