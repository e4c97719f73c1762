'use client';
import { LoaderCircle } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import { cn } from './cn';
import { controlClasses } from './input';

export type ComboboxOption = { value: string; label: string; hint?: string };

type ComboboxProps = {
  id: string;
  name: string;
  /** Asked a moment after typing stops. */
  search: (text: string) => Promise<ComboboxOption[]>;
  initial?: ComboboxOption | null;
  placeholder?: string;
  invalid?: boolean;
  describedBy?: string | undefined;
  onChange?: (option: ComboboxOption | null) => void;
  autoFocus?: boolean;
};

/** A text box with suggestions from the server (ARIA combobox pattern); the chosen value goes into a hidden field. */
export function Combobox({ id, name, search, initial = null, placeholder, invalid, describedBy, onChange, autoFocus }: ComboboxProps) {
  const listId = useId();
  const [text, setText] = useState(initial?.label ?? '');
  const [chosen, setChosen] = useState<ComboboxOption | null>(initial);
  const [options, setOptions] = useState<ComboboxOption[] | null>(null);
  const [active, setActive] = useState(0);
  const [pending, setPending] = useState(false);
  const latest = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  function pick(option: ComboboxOption | null) {
    setChosen(option);
    onChange?.(option);
    if (option) setText(option.label);
    setOptions(null);
  }

  function type(value: string) {
    setText(value);
    if (chosen) {
      setChosen(null);
      onChange?.(null);
    }
    clearTimeout(timer.current);
    const ticket = ++latest.current;
    if (!value.trim()) {
      setOptions(null);
      return;
    }
    timer.current = setTimeout(async () => {
      setPending(true);
      try {
        const found = await search(value.trim());
        // An earlier, slower answer must not replace a later one.
        if (ticket !== latest.current) return;
        setOptions(found);
        setActive(0);
      } catch {
        if (ticket === latest.current) setOptions([]);
      } finally {
        if (ticket === latest.current) setPending(false);
      }
    }, 180);
  }

  const isOpen = options !== null;
  return (
    <div className="relative">
      <input type="hidden" name={name} value={chosen?.value ?? ''} />
      <input
        id={id}
        role="combobox"
        aria-expanded={isOpen}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && options[active] ? `${listId}-${active}` : undefined}
        aria-invalid={invalid || undefined}
        aria-describedby={describedBy}
        autoComplete="off"
        // biome-ignore lint/a11y/noAutofocus: the first field of a form that was just asked for.
        autoFocus={autoFocus}
        placeholder={placeholder}
        value={text}
        onChange={(event) => type(event.target.value)}
        onBlur={() => setTimeout(() => setOptions(null), 150)}
        onKeyDown={(event) => {
          if (!isOpen) return;
          if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
            event.preventDefault();
            const step = event.key === 'ArrowDown' ? 1 : -1;
            setActive((now) => (now + step + options.length) % Math.max(1, options.length));
          } else if (event.key === 'Enter') {
            event.preventDefault();
            pick(options[active] ?? null);
          } else if (event.key === 'Escape') setOptions(null);
        }}
        className={cn(controlClasses, 'h-9')}
      />
      {pending ? <LoaderCircle className="absolute right-3 top-2.5 size-4 animate-spin text-text-subtle" aria-hidden /> : null}
      {isOpen ? (
        <div id={listId} role="listbox" aria-label="Suggestions" className="absolute z-30 mt-1 max-h-72 w-full overflow-y-auto rounded-lg border border-border bg-surface-raised p-1 shadow-overlay">
          {options.length === 0 ? <p className="px-3 py-2 text-text-muted">Nobody found. Check the spelling, or register the patient first.</p> : null}
          {options.map((option, index) => (
            <div
              key={option.value}
              id={`${listId}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              onMouseDown={(event) => {
                event.preventDefault();
                pick(option);
              }}
              onMouseEnter={() => setActive(index)}
              className={cn('cursor-pointer rounded-md px-3 py-1.5', index === active && 'bg-surface-sunken')}
            >
              <p className="font-medium">{option.label}</p>
              {option.hint ? <p className="tabular text-xs text-text-muted">{option.hint}</p> : null}
            </div>
          ))}
        </div>
      ) : null}
    </div>
  );
}
