/** A value within a range, by pointer and by arrow keys. */
export function Slider({
  label,
  onChange,
  ...range
}: {
  label: string;
  value: number;
  min: number;
  max: number;
  step: number;
  onChange: (value: number) => void;
}) {
  return (
    <label className="flex items-center gap-2">
      {label}
      <input
        type="range"
        className="h-6 w-36 accent-accent"
        onChange={({ target }) => onChange(Number(target.value))}
        {...range}
      />
    </label>
  );
}
