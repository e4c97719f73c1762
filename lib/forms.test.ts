import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { echo, fieldErrorsOf, invalidResult, readFields } from './forms';

const sources = import.meta.glob<string>(
  ['/app/**/*.{ts,tsx}', '/components/**/*.{ts,tsx}', '/features/**/*.{ts,tsx}', '/lib/**/*.{ts,tsx}'],
  { query: '?raw', import: 'default', eager: true },
);
const filesWith = (pattern: RegExp) =>
  Object.entries(sources)
    .filter(([file, text]) => !/\.test\.tsx?$/.test(file) && pattern.test(text))
    .map(([file]) => file);

describe('a form', () => {
  it('is read as the first value of a name, and all of a name that ends in brackets', () => {
    const form = new FormData();
    for (const name of ['Asha', 'Bina']) form.append('name', name);
    for (const day of ['mon', 'tue']) form.append('days[]', day);
    expect(readFields(form)).toEqual({ name: 'Asha', days: ['mon', 'tue'] });
    expect(readFields('no form')).toEqual({});
  });

  it('keeps what was typed and never a secret, whoever finds the mistake', () => {
    const schema = z.object({ name: z.string().min(9, 'Enter the whole name.') });
    const fields = { name: 'Asha', newPassword: 'correct horse', pinhole: '6/6' };
    const error = schema.safeParse(fields).error;
    const result = invalidResult(error?.issues ?? [], fields);
    expect(result).toMatchObject({
      fieldErrors: { name: ['Enter the whole name.'] },
      values: { name: 'Asha', pinhole: '6/6' },
    });
    expect(JSON.stringify(result)).not.toContain('correct horse');
    expect(echo({ PIN: '1234', Token: 't', cvc: '1', apiSecret: 's' })).toEqual({});
  });

  it('says of a mistake in no field that it is the form’s', () => {
    expect(
      fieldErrorsOf([
        { path: [], message: 'A' },
        { path: ['a', 0], message: 'B' },
      ]),
    ).toEqual({
      form: ['A'],
      'a.0': ['B'],
    });
  });
});

describe('what both sides must know of a form', () => {
  it('is said in one place: which fields are secret, and how errors are read', () => {
    expect(filesWith(/password\|secret\|token/)).toEqual(['/lib/forms.ts']);
    expect(filesWith(/\.issues\b(?!\[0\])[\s\S]{0,120}fieldErrors/)).toEqual([]);
  });

  it('is checked in the browser with the schema of the action, loaded when the form is first used', () => {
    // A schema beside a form would bring zod, 34 KB, with the page.
    const loading = filesWith(/<ActionForm[\s\S]*?\bschema=\{/);
    expect(loading.length).toBeGreaterThan(5);
    const checked = filesWith(/^'use client';[\s\S]*\.safeParse\(/);
    expect(checked).toEqual(['/components/forms/form-schema.ts']);
  });
});
