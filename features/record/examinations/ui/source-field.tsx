'use client';
import { type ReactNode, useState } from 'react';
import { sourceField } from '../fields';

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

/** A box with the device that its value is from below it; nothing but the box where it was typed. */
export function WithSource({
  box,
  sources,
  children,
}: {
  box: string;
  sources: Readonly<Record<string, string>> | undefined;
  children: ReactNode;
}) {
  const { source, field, onInput } = useSource(sourceField(box), sources?.[box]);
  if (!source) return children;
  return (
    <div onInput={onInput}>
      {children}
      {field}
      <p className="text-[0.8125rem] text-text-subtle">From {source}</p>
    </div>
  );
}
