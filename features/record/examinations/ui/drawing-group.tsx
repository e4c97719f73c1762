'use client';
import { type PointerEvent, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useField } from '@/components/forms/form-field';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { Select } from '@/components/ui/select';
import {
  DRAWING_SIZE,
  DRAWING_TEMPLATE_IDS,
  DRAWING_TEMPLATES,
  type Drawings,
  type DrawingTemplate,
  drawingTexts,
  INKS,
  type Ink,
  isFull,
  type Mark,
  thinned,
  withoutEmpty,
} from '../drawings';
import { EYE_LABEL, EYES, type Eye } from '../eyes';
import { DrawingPicture, Stroke } from './drawing-picture';
import { Folded } from './sheet';

type Tool = { ink: Ink } | { stamp: string };
const templates = DRAWING_TEMPLATE_IDS.map((value) => ({ value, label: DRAWING_TEMPLATES[value].label }));

/** What this form kept of a drawing that was brought back; what is stored where it kept nothing. */
function begun(kept: string | undefined, stored: Drawings): Drawings {
  try {
    return kept ? JSON.parse(kept) : stored;
  } catch {
    return stored;
  }
}

/** Both eyes to draw on, with a pen, a finger or the mouse; stamps carry their words. */
export function DrawingGroup({ drawings }: { drawings: Drawings }) {
  const { kept, error } = useField('drawing', 'Drawing');
  const [first] = useState(() => begun(kept, drawings));
  const [steps, setSteps] = useState<Drawings[]>([first]);
  const now = steps.at(-1) ?? {};
  const [template, setTemplate] = useState<DrawingTemplate>(
    () => DRAWING_TEMPLATE_IDS.find((one) => first[one]) ?? 'fundus',
  );
  const [tool, setTool] = useState<Tool>({ ink: 'red' });
  const field = useRef<HTMLInputElement>(null);
  const go = (next: Drawings[]) => {
    flushSync(() => setSteps(next));
    // The form around watches for what people type; a stroke fires no input event.
    field.current?.dispatchEvent(new Event('input', { bubbles: true }));
  };
  const put = (eye: Eye, marks: Mark[]) =>
    go([...steps, { ...now, [template]: { ...now[template], [eye]: marks } }]);
  const stamps = Object.entries(DRAWING_TEMPLATES[template].stamps);
  return (
    <>
      {/* Not in the group, which has nothing in it before it is opened. */}
      <input
        ref={field}
        type="hidden"
        name="drawing"
        value={JSON.stringify(withoutEmpty(now))}
        readOnly
        data-shown={drawingTexts(now).join('; ') || 'nothing'}
      />
      <Folded title="Drawing" isOpen={drawingTexts(first).length > 0 || error !== undefined}>
        {error ? (
          <Alert tone="danger" live>
            {error}
          </Alert>
        ) : null}
        <div className="flex flex-wrap items-center gap-1">
          <Select
            aria-label="What is drawn on"
            className="w-52"
            options={templates}
            value={template}
            onChange={({ target }) => {
              setTemplate(target.value as DrawingTemplate);
              setTool({ ink: 'red' });
            }}
          />
          {(Object.keys(INKS) as Ink[]).map((ink) => (
            <ToolButton key={ink} isOn={'ink' in tool && tool.ink === ink} onClick={() => setTool({ ink })}>
              {INKS[ink]}
            </ToolButton>
          ))}
          <Button
            size="sm"
            aria-disabled={steps.length === 1}
            onClick={() => steps.length > 1 && go(steps.slice(0, -1))}
          >
            <Icon of="undo-2" /> Undo
          </Button>
        </div>
        <div className="flex flex-wrap items-center gap-1">
          <span className="text-[0.8125rem] text-text-subtle">Stamps:</span>
          {stamps.map(([stamp, [words]]) => (
            <ToolButton
              key={stamp}
              isOn={'stamp' in tool && tool.stamp === stamp}
              onClick={() => setTool({ stamp })}
            >
              {words}
            </ToolButton>
          ))}
        </div>
        <div className="grid gap-4 md:grid-cols-2">
          {EYES.map((eye) => (
            <div key={eye} className="grid gap-1">
              <p className="flex items-center justify-between font-medium text-[0.8125rem] text-text-muted">
                {EYE_LABEL[eye]} eye
                <Button
                  variant="ghost"
                  size="sm"
                  aria-label={`Clear the drawing of the ${eye} eye`}
                  onClick={() => put(eye, [])}
                >
                  <Icon of="eraser" /> Clear
                </Button>
              </p>
              <Canvas
                key={template}
                {...{ template, eye, tool }}
                marks={now[template]?.[eye] ?? []}
                onMarks={(marks) => put(eye, marks)}
              />
            </div>
          ))}
        </div>
        <p className="text-[0.8125rem] text-text-subtle">
          Draw with a pen, a finger or the mouse; a stamp is put where you tap. Undo takes back the last mark,
          also a clearing.
        </p>
      </Folded>
    </>
  );
}

function ToolButton({ isOn, onClick, children }: { isOn: boolean; onClick: () => void; children: string }) {
  return (
    <Button variant={isOn ? 'primary' : 'ghost'} size="sm" aria-pressed={isOn} onClick={onClick}>
      {children}
    </Button>
  );
}

type CanvasProps = {
  template: DrawingTemplate;
  eye: Eye;
  tool: Tool;
  marks: readonly Mark[];
  onMarks: (marks: Mark[]) => void;
};

function Canvas({ template, eye, tool, marks, onMarks }: CanvasProps) {
  const [points, setPoints] = useState<[number, number][]>([]);
  const hasPen = useRef(false);
  const placeOf = (event: PointerEvent<HTMLDivElement>): [number, number] => {
    const { left, top, width } = event.currentTarget.getBoundingClientRect();
    const scale = DRAWING_SIZE / width;
    return [(event.clientX - left) * scale, (event.clientY - top) * scale];
  };
  const end = () => {
    if (points.length > 0 && 'ink' in tool) onMarks([...marks, { ink: tool.ink, stroke: thinned(points) }]);
    setPoints([]);
  };
  return (
    <div
      data-drawing={eye}
      className="relative aspect-square w-full max-w-96 cursor-crosshair touch-none"
      onPointerDown={(event) => {
        hasPen.current ||= event.pointerType === 'pen';
        // A hand that lies on the glass beside the pen draws nothing.
        if ((hasPen.current && event.pointerType === 'touch') || isFull(marks)) return;
        const [x, y] = placeOf(event);
        if ('stamp' in tool) {
          const [at = 0, down = 0] = thinned([[x, y]]);
          return onMarks([...marks, { stamp: tool.stamp, x: at, y: down }]);
        }
        event.currentTarget.setPointerCapture(event.pointerId);
        setPoints([[x, y]]);
      }}
      onPointerMove={(event) => {
        if (points.length > 0) setPoints([...points, placeOf(event)]);
      }}
      onPointerUp={end}
      onPointerCancel={end}
    >
      <DrawingPicture {...{ template, eye, marks }} className="size-full" />
      {points.length > 0 && 'ink' in tool ? (
        <svg
          aria-hidden="true"
          viewBox={`0 0 ${DRAWING_SIZE} ${DRAWING_SIZE}`}
          className="pointer-events-none absolute inset-0 size-full"
        >
          <Stroke ink={tool.ink} points={points.flat()} />
        </svg>
      ) : null}
    </div>
  );
}
