import type { PaperDrawing } from '@/lib/paper';

const PENCIL = {
  ink: 'text-text',
  red: 'text-danger',
  blue: 'text-accent',
  yellow: 'text-warning',
  green: 'text-success',
} as const;

/** Drawings of a paper, each with its words below it. */
export function Drawings({ drawings }: { drawings: readonly PaperDrawing[] }) {
  return (
    <ul className="flex flex-wrap gap-4">
      {drawings.map(({ caption, side, outlines, isMirrored, marks }) => (
        <li key={caption} className="w-40 text-left">
          <svg
            viewBox={`0 0 ${side} ${side}`}
            aria-hidden="true"
            className="w-full rounded-md border border-border bg-surface"
          >
            <g
              className="fill-none stroke-border-strong"
              strokeWidth={2}
              {...(isMirrored ? { transform: `translate(${side} 0) scale(-1 1)` } : {})}
            >
              {outlines.map((path) => (
                <path key={path} d={path} />
              ))}
            </g>
            {marks.map((mark, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: marks have no name, and stay where they are
              <g key={index} className={PENCIL[mark.ink]}>
                {'path' in mark ? (
                  <path
                    d={mark.path}
                    className="fill-none stroke-current"
                    strokeWidth={4}
                    strokeLinecap="round"
                    strokeLinejoin="round"
                  />
                ) : (
                  <>
                    <circle cx={mark.x} cy={mark.y} r={7} className="fill-current" />
                    <text x={mark.x + 11} y={mark.y + 5} className="fill-current text-[15px]">
                      {mark.text}
                    </text>
                  </>
                )}
              </g>
            ))}
          </svg>
          <p className="mt-1 text-[0.8125rem] text-text-muted">{caption}</p>
        </li>
      ))}
    </ul>
  );
}
