'use client';
import { useEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import { Icon } from '@/components/ui/icon';
import { type CodeReader, openCodeReader } from './read-codes';

const LOOK_MS = 150;
/** The squares of a code on a small pack are some pixels each only in a picture of this size. */
const PICTURE = { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 720 } };

/** Looks for codes in what the camera sees until one is found or nobody wants one any more. */
async function lookFor(
  video: HTMLVideoElement,
  reader: CodeReader,
  signal: AbortSignal,
): Promise<string | null> {
  while (!signal.aborted) {
    const code = await reader.read(video);
    if (code && !signal.aborted) return code;
    await new Promise((wake) => setTimeout(wake, LOOK_MS));
  }
  return null;
}

/** The camera as a scanner; without a camera to ask for there is no button. */
export function CameraScan({ onCode }: { onCode: (text: string) => void }) {
  const [canScan, setCanScan] = useState(false);
  const [isOpen, setOpen] = useState(false);
  useEffect(() => setCanScan(Boolean(navigator.mediaDevices)), []);
  if (!canScan) return null;
  return (
    <>
      <Button size="icon" aria-label="Scan with the camera" onClick={() => setOpen(true)}>
        <Icon of="camera" />
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
    const tell = (sentence: string) => {
      if (!stop.signal.aborted) setProblem(sentence);
    };
    const stopStream = () => {
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
    const begin = async () => {
      const element = video.current;
      if (!element) return;
      try {
        stream = await navigator.mediaDevices.getUserMedia({ video: PICTURE });
        if (stop.signal.aborted) return stopStream();
        element.srcObject = stream;
        await element.play();
      } catch (error) {
        const isMissing = error instanceof DOMException && error.name === 'NotFoundError';
        return tell(
          isMissing
            ? 'This computer has no camera. Type the code, or scan it with a telephone.'
            : 'The camera cannot be used. Allow it in the browser, or type the code.',
        );
      }
      try {
        const code = await lookFor(element, await openCodeReader(stop.signal), stop.signal);
        if (code) found.current(code);
      } catch {
        stopStream();
        tell('What reads codes did not load. Look at the connection and open this again, or type the code.');
      }
    };
    void begin();
    return () => {
      stop.abort();
      stopStream();
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
