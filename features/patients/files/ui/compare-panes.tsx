'use client';
import { clsx } from 'clsx';
import { type PointerEvent, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { DialogContent } from '@/components/ui/dialog';
import { Select } from '@/components/ui/select';
import { paths } from '@/lib/paths';
import { formatDay } from '@/lib/time';
import {
  counterpartOf,
  DOCUMENT_EYES,
  DOCUMENT_KINDS,
  type DocumentEye,
  type DocumentKind,
  type FileType,
} from '../policy';
import { pictureAddress } from './picture';
import { Slider } from './slider';

export type Compared = {
  id: string;
  name: string;
  contentType: FileType;
  /** How many pictures it can be shown as. */
  frames: number;
  kind: DocumentKind;
  eye: DocumentEye | null;
  day: string;
};
/** `depth`: which picture of each series, as a part of its length. */
type Look = { zoom: number; x: number; y: number; brightness: number; depth: number };
const AS_IT_IS: Look = { zoom: 1, x: 0, y: 0, brightness: 100, depth: 0.5 };
const frameAt = ({ frames }: { frames: number }, depth: number) => Math.round((frames - 1) * depth);
const MOST_ZOOM = 8;

const documentTitle = ({ kind, eye, day }: Pick<Compared, 'kind' | 'eye' | 'day'>): string =>
  [DOCUMENT_KINDS[kind], eye ? DOCUMENT_EYES[eye].toLowerCase() : null, formatDay(day)]
    .filter(Boolean)
    .join(', ');

/** The body of `Compare`. */
export function ComparePanes({
  file,
  images,
  isOpen,
}: {
  file: Compared;
  images: readonly Compared[];
  isOpen: boolean;
}) {
  return (
    <DialogContent title="Compare" className="h-[calc(100dvh-2rem)] max-w-none">
      {isOpen ? <Panes file={file} images={images} /> : null}
    </DialogContent>
  );
}

function Panes({ file, images }: { file: Compared; images: readonly Compared[] }) {
  const other = counterpartOf(file, images) ?? images.find(({ id }) => id !== file.id) ?? file;
  // The earlier one, or the right eye, stands on the left, as the sheet of an examination does.
  const isFirst = other.day < file.day || (other.day === file.day && other.eye === 'right');
  const [shown, setShown] = useState(isFirst ? [other.id, file.id] : [file.id, other.id]);
  const [look, setLook] = useState(AS_IT_IS);
  const longest = Math.max(1, ...images.filter(({ id }) => shown.includes(id)).map(({ frames }) => frames));
  return (
    <div className="flex h-full flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2 text-sm text-text">
        <Slider
          label="Zoom"
          value={look.zoom}
          {...{ min: 1, max: MOST_ZOOM, step: 0.25 }}
          onChange={(zoom) => setLook(zoom === 1 ? { ...look, zoom, x: 0, y: 0 } : { ...look, zoom })}
        />
        <Slider
          label="Brightness"
          value={look.brightness}
          {...{ min: 40, max: 250, step: 5 }}
          onChange={(brightness) => setLook({ ...look, brightness })}
        />
        {longest > 1 ? (
          <Slider
            label="Picture"
            value={look.depth}
            {...{ min: 0, max: 1, step: 1 / (longest - 1) }}
            onChange={(depth) => setLook({ ...look, depth })}
          />
        ) : null}
        <Button size="sm" onClick={() => setLook(AS_IT_IS)}>
          As it is
        </Button>
        <Button size="sm" onClick={() => setShown([...shown].reverse())}>
          Change sides
        </Button>
      </div>
      <div className="grid min-h-0 flex-1 gap-3 max-md:grid-rows-2 md:grid-cols-2">
        {(['On the left', 'On the right'] as const).map((side, index) => (
          <Pane
            key={side}
            side={side}
            images={images}
            id={shown[index] ?? file.id}
            look={look}
            onLook={setLook}
            onChoose={(id) => setShown(shown.map((one, place) => (place === index ? id : one)))}
          />
        ))}
      </div>
    </div>
  );
}

function Pane({
  side,
  images,
  id,
  look,
  onLook,
  onChoose,
}: {
  side: string;
  images: readonly Compared[];
  id: string;
  look: Look;
  onLook: (look: Look) => void;
  onChoose: (id: string) => void;
}) {
  const from = useRef<{ clientX: number; clientY: number; look: Look } | null>(null);
  const one = images.find((image) => image.id === id);
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (!from.current) return;
    const { clientX, clientY, look: before } = from.current;
    const { width, height } = event.currentTarget.getBoundingClientRect();
    const most = (look.zoom - 1) / 2;
    const held = (value: number) => Math.max(-most, Math.min(most, value));
    // In parts of the pane, so that two panes of two sizes show the same place.
    onLook({
      ...look,
      x: held(before.x + (event.clientX - clientX) / width),
      y: held(before.y + (event.clientY - clientY) / height),
    });
  };
  return (
    <figure className="flex min-h-0 min-w-0 flex-col gap-2">
      <Select
        aria-label={side}
        value={id}
        options={images.map((image) => ({ value: image.id, label: documentTitle(image) }))}
        onChange={({ target }) => onChoose(target.value)}
      />
      <div
        className={clsx(
          'min-h-0 flex-1 touch-none overflow-hidden rounded-md bg-surface-sunken',
          look.zoom > 1 && 'cursor-grab active:cursor-grabbing',
        )}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          from.current = { clientX: event.clientX, clientY: event.clientY, look };
        }}
        onPointerMove={drag}
        onPointerUp={() => {
          from.current = null;
        }}
        onWheel={({ deltaY }) => {
          const zoom = Math.max(1, Math.min(MOST_ZOOM, look.zoom * (deltaY < 0 ? 1.15 : 1 / 1.15)));
          onLook(zoom === 1 ? { ...look, zoom, x: 0, y: 0 } : { ...look, zoom });
        }}
      >
        {/* biome-ignore lint/performance/noImgElement: the optimizer must not keep copies of a patient's documents */}
        <img
          src={one ? pictureAddress(one, frameAt(one, look.depth)) : paths.file(id)}
          alt={one ? documentTitle(one) : ''}
          draggable={false}
          className="size-full select-none object-contain"
          style={{
            transform: `translate(${look.x * 100}%, ${look.y * 100}%) scale(${look.zoom})`,
            filter: `brightness(${look.brightness}%)`,
          }}
        />
      </div>
    </figure>
  );
}
