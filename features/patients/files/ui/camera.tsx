'use client';
import { type ReactNode, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog, laterContent } from '@/components/ui/dialog';
import { Icon } from '@/components/ui/icon';

type CameraProps = {
  label: ReactNode;
  /** Of the button, for those who hear the page. */
  name?: string;
  /** The camera that looks at the person, or the one that looks away from who holds it. */
  facing?: 'user' | 'environment';
  onPhoto: (photo: File) => void;
};

const CameraView = laterContent(() => import('./viewfinder').then((file) => file.CameraView));

/** A photo from the camera: a phone opens its own, a desktop shows what its camera sees. */
export function CameraButton({ label, name, facing = 'environment', onPhoto }: CameraProps) {
  const own = useRef<HTMLInputElement>(null);
  const [isOpen, setOpen] = useState(false);
  const open = () => {
    if (matchMedia('(pointer: coarse)').matches) own.current?.click();
    else setOpen(true);
  };
  return (
    <>
      <input
        ref={own}
        type="file"
        accept="image/*"
        capture={facing}
        aria-label={name ?? 'Photo from the camera'}
        className="sr-only"
        tabIndex={-1}
        onChange={({ target }) => {
          const [photo] = target.files ?? [];
          if (photo) onPhoto(photo);
          target.value = '';
        }}
      />
      <Button size="sm" onClick={open} {...(name ? { 'aria-label': name } : {})}>
        <Icon of="camera" /> {label}
      </Button>
      <Dialog open={isOpen} onOpenChange={setOpen}>
        <CameraView
          {...{ facing, isOpen }}
          onPhoto={(photo) => {
            setOpen(false);
            onPhoto(photo);
          }}
        />
      </Dialog>
    </>
  );
}
