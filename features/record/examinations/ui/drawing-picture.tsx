import { clsx } from 'clsx';
import {
  DRAWING_OUTLINES,
  DRAWING_SIZE,
  type DrawingTemplate,
  drawingText,
  type Ink,
  type Mark,
  shortWords,
  stampOf,
  strokePath,
} from '../drawings';
import type { Eye } from '../eyes';

const STROKE: Record<Ink, string> = {
  ink: 'stroke-text',
  red: 'stroke-danger',
  blue: 'stroke-accent',
  yellow: 'stroke-warning',
  green: 'stroke-success',
};
const FILL: Record<Ink, string> = {
  ink: 'fill-text',
  red: 'fill-danger',
  blue: 'fill-accent',
  yellow: 'fill-warning',
  green: 'fill-success',
};

/** A drawing: its template, and what was put on it. */
export function DrawingPicture({
  template,
  eye,
  marks,
  className,
}: {
  template: DrawingTemplate;
  eye: Eye;
  marks: readonly Mark[];
  className?: string;
}) {
  return (
    <svg
      viewBox={`0 0 ${DRAWING_SIZE} ${DRAWING_SIZE}`}
      role="img"
      aria-label={drawingText(template, eye, marks)}
      className={clsx('rounded-md border border-border bg-surface', className)}
    >
      <g
        className="fill-none stroke-border-strong"
        strokeWidth={2}
        {...(eye === 'left' ? { transform: `translate(${DRAWING_SIZE} 0) scale(-1 1)` } : {})}
      >
        {DRAWING_OUTLINES[template].map((path) => (
          <path key={path} d={path} />
        ))}
      </g>
      {marks.map((mark, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: marks have no name, and are only added and taken at the end
        <MarkShape key={index} template={template} mark={mark} />
      ))}
    </svg>
  );
}

function MarkShape({ template, mark }: { template: DrawingTemplate; mark: Mark }) {
  if ('stroke' in mark) return <Stroke ink={mark.ink} points={mark.stroke} />;
  const [words, ink] = stampOf(template, mark.stamp) ?? [mark.stamp, 'ink' as const];
  return (
    <g transform={`translate(${mark.x} ${mark.y})`}>
      <title>{words}</title>
      <circle r={7} className={FILL[ink]} />
      <text x={11} y={5} className={clsx(FILL[ink], 'text-[15px]')}>
        {shortWords(words)}
      </text>
    </g>
  );
}

/** One line, also while it is drawn. */
export function Stroke({ ink, points }: { ink: Ink; points: readonly number[] }) {
  return (
    <path
      d={strokePath(points)}
      data-ink={ink}
      className={clsx('fill-none', STROKE[ink])}
      strokeWidth={4}
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  );
}
