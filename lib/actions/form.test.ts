import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { echo, formFields, invalid } from './form';

describe('posted forms', () => {
  it('become text, lists for names with brackets, and nothing of the framework', () => {
    const form = new FormData();
    form.set('name', 'Asha');
    form.append('roles[]', 'doctor');
    form.append('roles[]', 'admin');
    form.set('$ACTION_ID_1', 'x');
    form.set('file', new File(['x'], 'x.txt'));
    expect(formFields(form)).toEqual({ name: 'Asha', roles: ['doctor', 'admin'] });
  });

  it('never send a secret back', () => {
    expect(echo({ email: 'a@b.c', password: 'p', newPassword: 'p', token: 't', cvc: '1' })).toEqual({
      email: 'a@b.c',
    });
  });

  it('keep what was typed beside each mistake', () => {
    const schema = z.object({ age: z.coerce.number('Enter a number.').min(1, 'Enter the age.') });
    const parsed = schema.safeParse({ age: '' });
    if (parsed.success) throw new Error('an empty age must not pass');
    expect(invalid(parsed.error, { age: '', note: 'kept' })).toMatchObject({
      status: 'invalid',
      fieldErrors: { age: ['Enter the age.'] },
      values: { age: '', note: 'kept' },
    });
  });
});
