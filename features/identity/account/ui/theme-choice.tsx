'use client';
import { useEffect, useState } from 'react';
import { Radio, RadioGroup } from '@/components/ui/radio-group';
import { applyTheme, chosenTheme, THEMES, type Theme } from '@/components/ui/theme';

const LABEL: Record<Theme, string> = { system: 'Like this device', light: 'Light', dark: 'Dark' };

/** Counts at once and is remembered by this browser. */
export function ThemeChoice() {
  const [theme, setTheme] = useState<Theme | null>(null);
  // What was chosen stands on the page itself, which only the browser has.
  useEffect(() => setTheme(chosenTheme()), []);
  return (
    <RadioGroup legend="Theme">
      {THEMES.map((value) => (
        <Radio
          key={value}
          name="theme"
          value={value}
          label={LABEL[value]}
          checked={theme === value}
          onChange={() => {
            applyTheme(value);
            setTheme(value);
          }}
        />
      ))}
    </RadioGroup>
  );
}
