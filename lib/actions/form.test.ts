import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { echo, formFields, invalid, typedInto } from './form';

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

  it('are read once, up to the first field that no form of ours would have', () => {
    let read = 0;
    class Counted extends FormData {
      override *[Symbol.iterator](): ReturnType<FormData['entries']> {
        for (let index = 0; index < 1_000_000; index++) {
          read++;
          yield [`field${index}`, ''];
        }
      }
      override getAll(): never {
        throw new Error('a look through all fields for each name');
      }
    }
    expect(() => formFields(new Counted())).toThrow(/more than any of our forms/);
    expect(read).toBe(301);
    expect(typedInto(new Counted())).toEqual({});
    const most = new FormData();
    for (let index = 0; index < 300; index++) most.append('day[]', String(index));
    expect(formFields(most).day).toHaveLength(300);
  });

  it('count also what is left out: files, repeated names and fields of the framework', () => {
    for (const name of ['file', '$ACTION_1:0', '__proto__', 'same']) {
      const form = new FormData();
      for (let index = 0; index < 301; index++) form.append(name, 'x');
      expect(() => formFields(form), name).toThrow(/more than any of our forms/);
    }
  });

  it('hold no text that is longer than any that we take', () => {
    const form = new FormData();
    form.set('note', 'x'.repeat(200_001));
    expect(() => formFields(form)).toThrow(/more than any of our forms/);
    expect(typedInto(form)).toEqual({});
  });

  it('keep the first of two values of one name, as the browser shows it', () => {
    const form = new FormData();
    form.append('name', 'first');
    form.append('name', 'second');
    form.append('toString', 'x');
    expect(formFields(form)).toEqual({ name: 'first', toString: 'x' });
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
