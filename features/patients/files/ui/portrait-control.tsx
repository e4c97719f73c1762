'use client';
import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { runAction } from '@/components/forms/run-action';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Icon } from '@/components/ui/icon';
import { toast } from '@/components/ui/toast';
import { paths } from '@/lib/paths';
import { deleteFileAction } from '../actions';
import { isFromPhone } from '../policy';
import { CameraButton } from './camera';
import { sendFile } from './send-file';

/** Of the stored square, in pixels. */
const SIDE = 320;
const UNREADABLE = 'This photo cannot be read here. Choose a JPEG, PNG, WebP or HEIC image.';

/** The middle of a photo as a small square: what a banner needs, and no more of anybody. */
async function squareOf(photo: File): Promise<File> {
  const image = await createImageBitmap(photo);
  const side = Math.min(image.width, image.height);
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [SIDE, SIDE];
  canvas
    .getContext('2d')
    ?.drawImage(image, (image.width - side) / 2, (image.height - side) / 2, side, side, 0, 0, SIDE, SIDE);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.85));
  if (!blob) throw new Error(UNREADABLE);
  return new File([blob], 'photo.jpg', { type: 'image/jpeg' });
}

/** Takes, chooses and removes the photo of a patient. */
export function PortraitControl({
  patientId,
  portrait,
}: {
  patientId: string;
  portrait: { id: string; canDelete: boolean } | null;
}) {
  const router = useRouter();
  const input = useRef<HTMLInputElement>(null);
  const [isSending, setSending] = useState(false);
  const keep = async (photo: File) => {
    setSending(true);
    try {
      // Safari reads what phones write; elsewhere the server makes the square.
      const square = await squareOf(photo).catch(() =>
        isFromPhone({ name: photo.name, claimedType: photo.type }) ? photo : null,
      );
      const query = new URLSearchParams({ patientId, as: 'portrait' });
      const sent = square
        ? await sendFile(`${paths.files}?${query}`, square, () => undefined)
        : { problem: UNREADABLE };
      if ('problem' in sent) toast.error(sent.problem);
      else toast.success('The photo is stored.');
      router.refresh();
    } finally {
      setSending(false);
    }
  };
  return (
    <div className="flex flex-wrap items-center gap-2" aria-busy={isSending}>
      <input
        ref={input}
        type="file"
        accept="image/jpeg,image/png,image/webp,image/heic,image/heif,.heic,.heif"
        aria-label="Choose the photo of the patient"
        className="sr-only"
        tabIndex={-1}
        onChange={({ target }) => {
          const [photo] = target.files ?? [];
          if (photo) void keep(photo);
          target.value = '';
        }}
      />
      <CameraButton
        label={portrait ? 'New photo' : 'Take a photo'}
        name="Photo of the patient"
        onPhoto={(photo) => void keep(photo)}
      />
      <Button size="sm" pending={isSending} onClick={() => input.current?.click()}>
        <Icon of="upload" /> Choose a photo
      </Button>
      {portrait?.canDelete ? (
        <ConfirmDialog
          title="Remove the photo?"
          confirmLabel="Remove photo"
          onConfirm={() => runAction(deleteFileAction, { fileId: portrait.id })}
          trigger={
            <Button variant="ghost" size="icon-sm" aria-label="Remove the photo of the patient">
              <Icon of="trash" />
            </Button>
          }
        >
          It cannot be brought back. The log keeps that you removed it.
        </ConfirmDialog>
      ) : null}
    </div>
  );
}
