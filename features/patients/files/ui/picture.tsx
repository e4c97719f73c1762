'use client';
import { useEffect, useState } from 'react';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { later } from '@/components/ui/later';
import { paths } from '@/lib/paths';
import { type FileType, isWebImage, type Scale } from '../policy';
import { Slider } from './slider';

// Fetched once somebody measures.
const Measure = later(() => import('./measure').then((file) => file.Measure));

type Pictured = {
  id: string;
  name: string;
  contentType: FileType;
  frames: number;
  scale: Scale | null;
};

/** Where a browser gets a picture from: the file itself, or what is drawn of it. */
export const pictureAddress = ({ id, contentType }: Pick<Pictured, 'id' | 'contentType'>, frame: number) =>
  isWebImage(contentType) ? paths.file(id) : paths.fileFrame(id, frame);

/** A picture, or a series of them to be gone through; brighter or darker. */
export function Picture({ file }: { file: Pictured }) {
  const { frames } = file;
  const [frame, setFrame] = useState(file.contentType === 'application/dicom' ? (frames - 1) >> 1 : 0);
  const [brightness, setBrightness] = useState(100);
  const [broken, setBroken] = useState<number | null>(null);
  const [isMeasuring, setMeasuring] = useState(false);
  // The next ones are there when they are asked for.
  useEffect(() => {
    for (const near of [frame + 1, frame - 1])
      if (near >= 0 && near < frames) new Image().src = pictureAddress(file, near);
  }, [file, frame, frames]);
  const count = `${frame + 1} of ${frames}`;
  const shown = (
    // biome-ignore lint/performance/noImgElement: the optimizer must not keep copies of a patient's documents
    <img
      src={pictureAddress(file, frame)}
      alt={frames > 1 ? `${file.name}, ${count}` : file.name}
      onError={() => setBroken(frame)}
      className="mx-auto max-h-[70dvh] rounded-md object-contain"
      style={{ filter: `brightness(${brightness}%)` }}
    />
  );
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2 text-sm text-text">
        {frames > 1 ? (
          <>
            <Slider
              label="Picture"
              value={frame + 1}
              {...{ min: 1, max: frames, step: 1 }}
              onChange={(value) => setFrame(value - 1)}
            />
            <span className="tabular-nums" aria-live="polite">
              {count}
            </span>
          </>
        ) : null}
        <Slider
          label="Brightness"
          value={brightness}
          {...{ min: 40, max: 250, step: 5 }}
          onChange={setBrightness}
        />
        <Button size="sm" onClick={() => setBrightness(100)}>
          As it is
        </Button>
        {file.scale ? (
          <Button
            variant={isMeasuring ? 'primary' : 'secondary'}
            size="sm"
            aria-pressed={isMeasuring}
            onClick={() => setMeasuring(!isMeasuring)}
          >
            Measure
          </Button>
        ) : null}
      </div>
      {broken === frame ? (
        <Alert tone="danger" live>
          The image cannot be shown here. Close this and download it instead.
        </Alert>
      ) : isMeasuring && file.scale ? (
        <Measure scale={file.scale}>{shown}</Measure>
      ) : (
        shown
      )}
    </div>
  );
}
