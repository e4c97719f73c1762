'use client';
import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react';
import { lengthBetween, type PicturePoint, type Scale } from '../policy';

const STEP = 0.005;
const MOVES: Readonly<Record<string, PicturePoint>> = {
  ArrowLeft: { x: -STEP, y: 0 },
  ArrowRight: { x: STEP, y: 0 },
  ArrowUp: { x: 0, y: -STEP },
  ArrowDown: { x: 0, y: STEP },
};
const ENDS = ['First end of the line', 'Second end of the line'] as const;
const inside = (part: number): number => Math.max(0, Math.min(1, part));
const percent = (part: number): string => `${part * 100}%`;

/** A line over a picture of a known scale; its ends are dragged, or moved by the arrow keys. */
export function Measure({ scale, children }: { scale: Scale; children: ReactNode }) {
  const [ends, setEnds] = useState<readonly [PicturePoint, PicturePoint]>([
    { x: 0.35, y: 0.5 },
    { x: 0.65, y: 0.5 },
  ]);
  const box = useRef<HTMLDivElement>(null);
  const move = (index: number, to: PicturePoint) => {
    const place = { x: inside(to.x), y: inside(to.y) };
    setEnds(index === 0 ? [place, ends[1]] : [ends[0], place]);
  };
  const onDrag = (index: number) => (event: PointerEvent<HTMLButtonElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId) || !box.current) return;
    const { left, top, width, height } = box.current.getBoundingClientRect();
    move(index, { x: (event.clientX - left) / width, y: (event.clientY - top) / height });
  };
  const onKey = (index: number, end: PicturePoint) => (event: KeyboardEvent) => {
    const by = MOVES[event.key];
    if (!by) return;
    event.preventDefault();
    const times = event.shiftKey ? 10 : 1;
    move(index, { x: end.x + by.x * times, y: end.y + by.y * times });
  };
  const [from, to] = ends;
  return (
    <div className="grid gap-2">
      <p className="text-sm text-text" aria-live="polite">
        <span className="text-text-muted">Between the ends of the line: </span>
        <span className="font-medium tabular-nums">{lengthBetween(scale, from, to)}</span>
      </p>
      <div ref={box} className="relative mx-auto w-fit">
        {children}
        <svg aria-hidden="true" className="pointer-events-none absolute inset-0 size-full">
          {/* Dark below light: it is seen on a bright disc and on a dark vitreous. */}
          {(['black', 'white'] as const).map((colour, index) => (
            <line
              key={colour}
              x1={percent(from.x)}
              y1={percent(from.y)}
              x2={percent(to.x)}
              y2={percent(to.y)}
              stroke={colour}
              strokeWidth={index === 0 ? 3 : 1}
            />
          ))}
        </svg>
        {ends.map((end, index) => (
          <button
            key={ENDS[index]}
            type="button"
            aria-label={ENDS[index]}
            aria-description="Move it with the arrow keys; with Shift in larger steps"
            className="absolute size-6 -translate-x-1/2 -translate-y-1/2 cursor-move touch-none rounded-full border-2 border-white bg-black/10 shadow-[0_0_0_1px_black] focus-visible:outline-2 focus-visible:outline-accent"
            style={{ left: percent(end.x), top: percent(end.y) }}
            onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
            onPointerMove={onDrag(index)}
            onKeyDown={onKey(index, end)}
          />
        ))}
      </div>
    </div>
  );
}
