'use client';
import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { type PiecesLimit, piecesProblem } from '@/lib/pieces';
import { Button } from '../ui/button';
import { Field, FieldNotes } from '../ui/field';
import { Input, type InputProps } from '../ui/input';
import { useField, useProblem } from './form-field';

type PiecesFieldProps = Omit<InputProps, 'name' | 'id' | 'value' | 'onChange'> & {
  /** Under which the server answers for this row, such as `lines.<lot>`. */
  of: string;
  /** Its accessible name, with what the row is about. */
  label: string;
  /** Shown above it; without one the row says enough. */
  caption?: string;
  help?: ReactNode;
  value: string;
  limit: PiecesLimit | null;
  /** What its "All" writes, beside the box: neither moves when something is said under them. */
  all?: { label: string; pieces: number };
  onChange: (typed: string) => void;
  fieldClassName?: string;
};

/**
 * How many of a row of a list. What is typed stays as it is typed; above the limit it says which and why,
 * beside it and at once.
 */
export function PiecesField({
  of,
  label,
  caption,
  help,
  value,
  limit,
  all,
  onChange,
  className,
  fieldClassName,
  ...input
}: PiecesFieldProps) {
  const { id, error: refusal } = useField(of, label);
  const problem = piecesProblem(value, limit);
  useProblem(of, problem);
  const error = problem ?? refusal;
  const shared = {
    'aria-label': label,
    'data-field': of,
    inputMode: 'numeric' as const,
    autoComplete: 'off',
    value,
    onChange: ({ target }: { target: HTMLInputElement }) => onChange(target.value),
    ...input,
  };
  const withAll = (box: ReactNode): ReactNode =>
    all ? (
      <div className="flex items-center gap-3">
        <Button size="sm" aria-label={all.label} onClick={() => onChange(String(all.pieces))}>
          All
        </Button>
        {box}
      </div>
    ) : (
      box
    );
  if (caption)
    return (
      <Field
        label={caption}
        help={help}
        id={id}
        error={error}
        className={clsx(all ? 'w-52' : 'w-36', fieldClassName)}
      >
        {(control) => withAll(<Input {...control} {...shared} className={className} />)}
      </Field>
    );
  return (
    <div className={clsx('grid w-44 justify-items-end gap-1 max-sm:ml-auto', fieldClassName)}>
      {withAll(
        <Input
          id={id}
          {...(error ? { 'aria-invalid': true as const, 'aria-describedby': `${id}-error` } : {})}
          {...shared}
          className={clsx('w-24 text-right tabular-nums', className)}
        />,
      )}
      <FieldNotes id={id} help={help} error={error} />
    </div>
  );
}
