'use client';
import type { ComponentProps, ReactNode } from 'react';
import { describedBy, Field } from '@/components/ui/field';
import { Input, Textarea } from '@/components/ui/input';
import { Select, type SelectOption } from '@/components/ui/select';
import { useFormContext } from './action-form';

type Common = { name: string; label: string; help?: ReactNode; isOptional?: boolean; fieldClassName?: string };

function useField({ name, help }: Common, initial: string | number | readonly string[] | undefined) {
  const { errorOf, valueOf } = useFormContext();
  const error = errorOf(name);
  return { error, defaultValue: valueOf(name) ?? initial, aria: describedBy(name, { help, error }) };
}

export function FormField({ name, label, help, isOptional, fieldClassName, defaultValue, ...props }: Common & ComponentProps<'input'>) {
  const field = useField({ name, label, help }, defaultValue);
  return (
    <Field id={name} label={label} help={help} error={field.error} {...(isOptional ? { isOptional } : {})} {...(fieldClassName ? { className: fieldClassName } : {})}>
      <Input id={name} name={name} defaultValue={field.defaultValue} aria-describedby={field.aria} aria-invalid={field.error ? true : undefined} {...props} />
    </Field>
  );
}

export function FormTextarea({ name, label, help, isOptional, fieldClassName, defaultValue, ...props }: Common & ComponentProps<'textarea'>) {
  const field = useField({ name, label, help }, defaultValue);
  return (
    <Field id={name} label={label} help={help} error={field.error} {...(isOptional ? { isOptional } : {})} {...(fieldClassName ? { className: fieldClassName } : {})}>
      <Textarea id={name} name={name} defaultValue={field.defaultValue} aria-describedby={field.aria} aria-invalid={field.error ? true : undefined} {...props} />
    </Field>
  );
}

type FormSelectProps = Common & Omit<ComponentProps<'select'>, 'name'> & { options: readonly SelectOption[]; placeholder?: string };

export function FormSelect({ name, label, help, isOptional, fieldClassName, defaultValue, options, placeholder, ...props }: FormSelectProps) {
  const field = useField({ name, label, help }, defaultValue);
  return (
    <Field id={name} label={label} help={help} error={field.error} {...(isOptional ? { isOptional } : {})} {...(fieldClassName ? { className: fieldClassName } : {})}>
      <Select
        id={name}
        name={name}
        options={options}
        {...(placeholder === undefined ? {} : { placeholder })}
        defaultValue={field.defaultValue}
        aria-describedby={field.aria}
        aria-invalid={field.error ? true : undefined}
        {...props}
      />
    </Field>
  );
}
