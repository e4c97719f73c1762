import { cn } from '@/components/ui/cn';
import { DRAWING_SIZE, type DrawingTemplate, drawingText, type Ink, type Mark, stampOf } from '../drawings';
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

/** Of the right eye as the examiner sees it; the left one is its mirror image. */
const OUTLINES: Record<DrawingTemplate, readonly string[]> = {
  lids: [
    'M30 210 Q200 60 370 210 Q200 330 30 210 Z',
    'M200 138 a66 66 0 1 0 0.1 0 Z',
    'M40 160 Q200 20 360 160',
    'M345 205 q18 2 25 8',
  ],
  cornea: ['M200 40 a160 160 0 1 0 0.1 0 Z', 'M200 145 a55 55 0 1 0 0.1 0 Z'],
  section: [
    'M120 40 Q330 200 120 360',
    'M140 75 Q290 200 140 325',
    'M140 75 L150 150 M140 325 L150 250',
    'M150 130 Q215 200 150 270 Q95 200 150 130 Z',
  ],
  angle: [
    'M200 30 a170 170 0 1 0 0.1 0 Z',
    'M200 60 a140 140 0 1 0 0.1 0 Z',
    'M200 90 a110 110 0 1 0 0.1 0 Z',
    'M200 160 a40 40 0 1 0 0.1 0 Z',
    'M80 80 L122 122 M320 80 L278 122 M80 320 L122 278 M320 320 L278 278',
  ],
  lens: ['M200 40 a160 160 0 1 0 0.1 0 Z', 'M200 90 a110 110 0 1 0 0.1 0 Z', 'M200 140 a60 60 0 1 0 0.1 0 Z'],
  fundus: [
    'M200 20 a180 180 0 1 0 0.1 0 Z',
    'M200 90 a110 110 0 1 0 0.1 0 Z',
    // Disc and cup, the macula, the arcades.
    'M262 174 a26 26 0 1 0 0.1 0 Z',
    'M262 188 a12 12 0 1 0 0.1 0 Z',
    'M262 176 Q220 90 110 110 M262 224 Q220 310 110 290',
    'M262 176 Q290 130 340 120 M262 224 Q290 270 340 280',
    'M178 196 l8 8 M186 196 l-8 8',
  ],
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
      className={cn('rounded-md border border-border bg-surface', className)}
    >
      <g
        className="fill-none stroke-border-strong"
        strokeWidth={2}
        {...(eye === 'left' ? { transform: `translate(${DRAWING_SIZE} 0) scale(-1 1)` } : {})}
      >
        {OUTLINES[template].map((path) => (
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
      <text x={11} y={5} className={cn(FILL[ink], 'text-[15px]')}>
        {words
          .split(' ')
          .map((one) => one.slice(0, 3))
          .join(' ')}
      </text>
    </g>
  );
}

/** One line, also while it is drawn. */
export function Stroke({ ink, points }: { ink: Ink; points: readonly number[] }) {
  const pairs = points.flatMap((x, index) => (index % 2 === 0 ? [`${x} ${points[index + 1]}`] : []));
  const [first = '0 0'] = pairs;
  // A tap is a dot: a line of no length has round ends.
  const path = `M${first} ${(pairs.length > 1 ? pairs.slice(1) : [first]).map((one) => `L${one}`).join(' ')}`;
  return (
    <path
      d={path}
      data-ink={ink}
      className={cn('fill-none', STROKE[ink])}
      strokeWidth={4}
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  );
}
