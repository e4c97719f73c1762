import { expect, it } from 'vitest';
import { pageOf } from './policy';

it.each([
  ['/today', '/today'],
  ['/patients/65f1c0ffee65f1c0ffee65f1', '/patients/…'],
  ['/patients/65f1c0ffee65f1c0ffee65f1/edit?q=Meera', '/patients/…/edit'],
  ['/settings/account#pin', '/settings/account'],
  ['/Meera Nair', '/…'],
  ['', '/'],
])('keeps the page of %s and no more', (path, page) => {
  expect(pageOf(path)).toBe(page);
});
