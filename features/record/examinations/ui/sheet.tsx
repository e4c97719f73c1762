'use client';
import { clsx } from 'clsx';
import { Activity, type ReactNode, useEffect, useRef, useState } from 'react';
import { useFormState } from '@/components/forms/form-context';
import { FormField } from '@/components/forms/form-field';
import type { InputProps } from '@/components/ui/input';
import { EYE_LABEL, EYES, type Eye } from '../eyes';

/**
 * One sheet for each eye: side by side where there is room, one after the other on a phone. Rows with a label
 * in front say it once side by side: the left column is as much narrower.
 */
export function EyeColumns({
  hasRows = false,
  children,
}: {
  hasRows?: boolean;
  children: (eye: Eye) => ReactNode;
}) {
  return (
    <div
      className={clsx(
        'grid gap-x-4 gap-y-4',
        hasRows ? 'md:grid-cols-[calc(50%+4rem)_minmax(0,1fr)]' : 'md:grid-cols-2',
      )}
    >
      {EYES.map((eye) => (
        <div
          key={eye}
          className={clsx(
            'grid min-w-0 content-start gap-2',
            hasRows && eye === 'left' && 'md:[&_[data-row-label]]:hidden md:[&_[data-row]]:grid-cols-1',
          )}
        >
          <p
            aria-hidden="true"
            className={clsx(
              'font-medium text-[0.8125rem] text-text-muted',
              hasRows && eye === 'right' && 'md:pl-[9rem]',
            )}
          >
            {EYE_LABEL[eye]} eye
          </p>
          <Activity>{children(eye)}</Activity>
        </div>
      ))}
    </div>
  );
}

/** A group of boxes under one heading, with what was there the last time below. */
export function Group({
  legend,
  aside,
  last,
  children,
}: {
  legend: string;
  aside?: ReactNode;
  last?: ReactNode;
  children: ReactNode;
}) {
  return (
    <fieldset className="grid min-w-0 gap-2">
      <legend className="mb-2 flex w-full items-center justify-between gap-3 font-medium text-sm text-text">
        {legend}
        {aside}
      </legend>
      {children}
      {last}
    </fieldset>
  );
}

type FoldedProps = {
  title: string;
  isOpen: boolean;
  /** Of the fields inside: what was brought back into one of them is not hidden. */
  names?: readonly string[];
  children: ReactNode;
};

/**
 * Of a `details` that folds fields away until somebody wants them. They are made when it is first opened, and
 * stay: closed from the beginning they are all empty, which is the same as none (decision 63).
 */
export function useFold(isOpen: boolean, names: readonly string[]) {
  const { valueFor } = useFormState();
  const isHeld = isOpen || names.some(valueFor);
  const [wasOpened, setOpened] = useState(isHeld);
  const box = useRef<HTMLDetailsElement>(null);
  // The browser opens it by itself, also before the page is awake.
  useEffect(() => {
    if (box.current?.open) setOpened(true);
  }, []);
  return {
    isMade: isHeld || wasOpened,
    details: {
      ref: box,
      open: isHeld,
      onToggle: ({ currentTarget }: { currentTarget: HTMLDetailsElement }) => {
        if (currentTarget.open) setOpened(true);
      },
    },
  };
}

/** A group that is folded away until somebody wants it. */
export function Folded({ title, isOpen, names = [], children }: FoldedProps) {
  const { details, isMade } = useFold(isOpen, names);
  return (
    <details {...details} className="rounded-lg border border-border px-4 open:pb-4">
      <summary className="flex min-h-11 cursor-pointer items-center font-medium text-sm text-text">
        {title}
      </summary>
      <div className="mt-1 grid gap-3">{isMade ? children : null}</div>
    </details>
  );
}

/** A label in front of one box; the box itself carries the whole name for those who hear the page. */
export function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div data-row="" className="grid grid-cols-[8.5rem_minmax(0,1fr)] items-start gap-2">
      <span data-row-label="" aria-hidden="true" className="pt-2 text-sm text-text max-sm:pt-3">
        {label}
      </span>
      {children}
    </div>
  );
}

type ReadFieldProps = Omit<InputProps, 'name' | 'id' | 'required' | 'onInput' | 'defaultValue'> & {
  name: string;
  label: string;
  initial: string;
  aside?: ReactNode;
  hideLabel?: boolean;
  /** What will be stored of what was typed; what cannot be read stays as it is. */
  understood?: (typed: string) => string;
  onType?: (typed: string) => void;
};

/** A small box that shows what was understood as soon as it is left: nothing else than that is stored. */
export function ReadField({ understood, onType, initial, hideLabel = true, ...props }: ReadFieldProps) {
  const show = (box: HTMLInputElement) => {
    const text = understood && box.value.trim() !== '' ? understood(box.value) : box.value;
    if (text === box.value) return;
    box.value = text;
    onType?.(text);
  };
  return (
    <FormField
      {...props}
      hideLabel={hideLabel}
      autoComplete="off"
      defaultValue={initial}
      onInput={({ currentTarget }) => onType?.(currentTarget.value)}
      onBlur={({ currentTarget }) => show(currentTarget)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') show(event.currentTarget);
        props.onKeyDown?.(event);
      }}
    />
  );
}

/** Another box of the same form, by its name. */
export function boxBeside(element: HTMLElement, name: string): HTMLInputElement | null {
  const box = element.closest('form')?.elements.namedItem(name);
  return box instanceof HTMLInputElement ? box : null;
}

/** Another choice of the same form, by its name. */
export function choiceBeside(element: HTMLElement, name: string): HTMLSelectElement | null {
  const choice = element.closest('form')?.elements.namedItem(name);
  return choice instanceof HTMLSelectElement ? choice : null;
}

/** Writes into a box, or chooses, as if it had been typed: the form around hears of it. */
export function write(box: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement, text: string): void {
  box.value = text;
  box.dispatchEvent(new Event('input', { bubbles: true }));
}
