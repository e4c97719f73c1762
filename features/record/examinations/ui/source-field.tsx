'use client';
import { type ReactNode, useState } from 'react';
import { sourceField } from '../fields';
import type { Eye, SeenWith } from '../policy';

const CHANGED = ', changed by hand';

/**
 * Which device a value is from, kept with it; who types over the value changes what is said of it.
 * @returns the hidden field, and what the group around hears with.
 */
export function useSource(name: string, source: string | undefined) {
  const [isChanged, setChanged] = useState(false);
  if (!source) return { source: undefined, field: null, onInput: undefined };
  const said = isChanged && !source.endsWith(CHANGED) ? `${source}${CHANGED}` : source;
  return {
    source: said,
    field: <input type="hidden" name={name} value={said} readOnly />,
    onInput: () => setChanged(true),
  };
}

/** The same box of the other eye; none of what both eyes saw together. */
export const otherOf = (eye: SeenWith, box: (eye: Eye) => string): string | undefined =>
  eye === 'both' ? undefined : box(eye === 'right' ? 'left' : 'right');

/**
 * A box with the device that its value is from below it; nothing but the box where it was typed. The same box
 * of the other eye leaves the line free, so that the two stay beside each other.
 */
export function WithSource({
  box,
  beside,
  sources,
  children,
}: {
  box: string;
  /** The same box of the other eye. */
  beside?: string | undefined;
  sources: Readonly<Record<string, string>> | undefined;
  children: ReactNode;
}) {
  const { source, field, onInput } = useSource(sourceField(box), sources?.[box]);
  if (!source && !(beside && sources?.[beside])) return <div>{children}</div>;
  return (
    <div onInput={onInput}>
      {children}
      {field}
      {source ? (
        <p title={source} className="truncate text-[0.8125rem] text-text-subtle">
          From {source}
        </p>
      ) : (
        <p aria-hidden="true" className="h-[1lh] text-[0.8125rem] max-md:hidden" />
      )}
    </div>
  );
}
