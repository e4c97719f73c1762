import { clsx } from 'clsx';

/** One of a few words, side by side: what stands below changes with it. */
export function Segments<Value extends string>({
  legend,
  name,
  options,
  value,
  onChange,
  className,
}: {
  /** Read aloud: "Prices in". */
  legend: string;
  name: string;
  options: readonly { value: Value; label: string }[];
  value: Value;
  onChange: (value: Value) => void;
  className?: string;
}) {
  return (
    <fieldset
      className={clsx(
        'inline-flex flex-wrap rounded-md border border-border bg-surface-sunken p-0.5',
        className,
      )}
    >
      <legend className="sr-only">{legend}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          className={clsx(
            'cursor-pointer rounded-sm px-3 py-1 text-[0.8125rem] has-focus-visible:outline-2 has-focus-visible:outline-ring',
            value === option.value
              ? 'bg-surface-raised font-medium text-text shadow-raised'
              : 'text-text-muted',
          )}
        >
          <input
            type="radio"
            name={name}
            className="sr-only"
            checked={value === option.value}
            onChange={() => onChange(option.value)}
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  );
}
