import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fieldErrorsOf, invalidResult, readForm } from './read-form';

function formOf(entries: [string, string][]): FormData {
  const form = new FormData();
  for (const [name, value] of entries) form.append(name, value);
  return form;
}

describe('readForm', () => {
  it('reads the first value of a name, and all of a name that ends in brackets', () => {
    const form = formOf([
      ['name', 'Asha'],
      ['name', 'Bina'],
      ['days[]', 'mon'],
      ['days[]', 'tue'],
    ]);
    expect(readForm(form)).toEqual({ name: 'Asha', days: ['mon', 'tue'] });
  });
});

describe('invalidResult', () => {
  it('keeps what was typed and never a secret', () => {
    const form = formOf([
      ['name', 'Asha'],
      ['newPassword', 'correct horse'],
    ]);
    const result = invalidResult({ name: ['Too short.'] }, form);
    expect(result).toMatchObject({ status: 'invalid', values: { name: 'Asha' } });
    expect(JSON.stringify(result)).not.toContain('correct horse');
  });
});

describe('fieldErrorsOf', () => {
  it('lists the sentences of each field, and is null when all is well', () => {
    const schema = z.object({ name: z.string().min(2, 'Enter a name.'), phone: z.string() });
    expect(fieldErrorsOf(schema.safeParse({ name: 'A', phone: '1' }))).toEqual({ name: ['Enter a name.'] });
    expect(fieldErrorsOf(schema.safeParse({ name: 'Asha', phone: '1' }))).toBeNull();
  });
});
