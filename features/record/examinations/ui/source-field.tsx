'use client';
import { useState } from 'react';

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
