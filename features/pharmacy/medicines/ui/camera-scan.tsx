'use client';
import { useEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import { Camera } from '@/components/ui/icons';

/** What browsers have that read codes themselves; the types of TypeScript do not know it. */
type Detector = { detect: (source: HTMLVideoElement) => Promise<{ rawValue: string }[]> };
type DetectorClass = new (options: { formats: string[] }) => Detector;
const FORMATS = ['data_matrix', 'qr_code', 'code_128', 'ean_13', 'ean_8', 'upc_a'];
const LOOK_MS = 150;

const detectorClass = (): DetectorClass | null =>
  'BarcodeDetector' in window && navigator.mediaDevices
    ? (window as unknown as { BarcodeDetector: DetectorClass }).BarcodeDetector
    : null;

/** Looks for codes in what the camera sees until one is found or nobody wants one any more. */
async function lookFor(
  video: HTMLVideoElement,
  detector: Detector,
  signal: AbortSignal,
): Promise<string | null> {
  while (!signal.aborted) {
    // A picture that is not there yet cannot be read: the next one will be.
    const [code] = await detector.detect(video).catch(() => []);
    if (code?.rawValue && !signal.aborted) return code.rawValue;
    await new Promise((wake) => setTimeout(wake, LOOK_MS));
  }
  return null;
}

/** The camera as a scanner, where the browser can read codes; elsewhere there is no button. */
export function CameraScan({ onCode }: { onCode: (text: string) => void }) {
  const [canScan, setCanScan] = useState(false);
  const [isOpen, setOpen] = useState(false);
  useEffect(() => setCanScan(detectorClass() !== null), []);
  if (!canScan) return null;
  return (
    <>
      <Button size="icon" aria-label="Scan with the camera" onClick={() => setOpen(true)}>
        <Camera aria-hidden="true" />
      </Button>
      <Dialog open={isOpen} onOpenChange={setOpen}>
        <DialogContent
          title="Scan with the camera"
          description="Hold the code of the pack before the camera."
        >
          {isOpen ? (
            <Viewfinder
              onCode={(text) => {
                setOpen(false);
                onCode(text);
              }}
            />
          ) : null}
        </DialogContent>
      </Dialog>
    </>
  );
}

function Viewfinder({ onCode }: { onCode: (text: string) => void }) {
  const video = useRef<HTMLVideoElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const found = useRef(onCode);
  found.current = onCode;
  useEffect(() => {
    const stop = new AbortController();
    let stream: MediaStream | null = null;
    const begin = async () => {
      const Detector = detectorClass();
      const element = video.current;
      if (!Detector || !element) return;
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
      if (stop.signal.aborted) {
        for (const track of stream.getTracks()) track.stop();
        return;
      }
      element.srcObject = stream;
      await element.play();
      const code = await lookFor(element, new Detector({ formats: FORMATS }), stop.signal);
      if (code) found.current(code);
    };
    begin().catch(() => {
      if (!stop.signal.aborted)
        setProblem('The camera cannot be used. Allow it in the browser, or type the code.');
    });
    return () => {
      stop.abort();
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
  }, []);
  return problem ? (
    <p role="alert" className="text-danger text-sm">
      {problem}
    </p>
  ) : (
    <video
      ref={video}
      muted
      playsInline
      aria-label="Picture of the camera"
      className="w-full rounded-md bg-surface-sunken"
    />
  );
}
