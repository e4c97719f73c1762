'use client';
import { useEffect, useRef, useState } from 'react';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { DialogContent } from '@/components/ui/dialog';
import { Icon } from '@/components/ui/icon';

const REFUSED =
  'The camera cannot be used. Allow it for this page in the browser, connect one, or choose a file instead.';
const photoName = () => `Photo ${new Date().toISOString().slice(0, 19).replace(/[:T]/g, '-')}.jpg`;

type Photographing = { facing: 'user' | 'environment'; onPhoto: (photo: File) => void };

/** What the camera of a desktop sees, above the page. */
export const CameraView = ({ isOpen, ...props }: Photographing & { isOpen: boolean }) => (
  <DialogContent title="Take a photo" className="max-w-2xl">
    {isOpen ? <Viewfinder {...props} /> : null}
  </DialogContent>
);

function Viewfinder({ facing, onPhoto }: Photographing) {
  const video = useRef<HTMLVideoElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [taken, setTaken] = useState<{ file: File; address: string } | null>(null);
  useEffect(() => {
    let stream: MediaStream | undefined;
    let isGone = false;
    const begin = async () => {
      stream = await navigator.mediaDevices.getUserMedia({
        video: { facingMode: facing, width: { ideal: 1920 }, height: { ideal: 1080 } },
      });
      if (isGone) for (const track of stream.getTracks()) track.stop();
      else if (video.current) video.current.srcObject = stream;
    };
    begin().catch(() => setProblem(REFUSED));
    return () => {
      isGone = true;
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
  }, [facing]);
  useEffect(() => () => void (taken && URL.revokeObjectURL(taken.address)), [taken]);

  const take = () => {
    const { current: seen } = video;
    if (!seen?.videoWidth) return;
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [seen.videoWidth, seen.videoHeight];
    canvas.getContext('2d')?.drawImage(seen, 0, 0);
    canvas.toBlob(
      (blob) => {
        if (!blob) return setProblem(REFUSED);
        const file = new File([blob], photoName(), { type: 'image/jpeg' });
        setTaken({ file, address: URL.createObjectURL(blob) });
      },
      'image/jpeg',
      0.92,
    );
  };
  if (problem)
    return (
      <Alert tone="danger" live>
        {problem}
      </Alert>
    );
  return (
    <div className="grid gap-3">
      <video
        ref={video}
        autoPlay
        playsInline
        muted
        aria-label="What the camera sees"
        className={taken ? 'hidden' : 'max-h-[60dvh] w-full rounded-md bg-surface-sunken object-contain'}
      />
      {taken ? (
        // biome-ignore lint/performance/noImgElement: it is in this browser alone
        <img src={taken.address} alt="As taken" className="max-h-[60dvh] w-full rounded-md object-contain" />
      ) : null}
      <div className="flex justify-end gap-2">
        {taken ? (
          <>
            <Button onClick={() => setTaken(null)}>Take again</Button>
            <Button variant="primary" onClick={() => onPhoto(taken.file)}>
              Use this photo
            </Button>
          </>
        ) : (
          <Button variant="primary" onClick={take}>
            <Icon of="camera" /> Take the photo
          </Button>
        )}
      </div>
    </div>
  );
}
