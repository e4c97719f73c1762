import { expect, it } from 'vitest';
import { paperLanguageOf } from './paper-language';

it.each([
  [null, 'en'],
  ['', 'en'],
  ['Hindi', 'hi'],
  [' telgu ', 'te'],
  ['தமிழ்', 'ta'],
  ['Kannada, Tamil', 'ta'],
  ['English and Telugu', 'en'],
  ['te', 'te'],
  ['Malayalam', 'en'],
  ['Tamilnadu', 'en'],
])('papers of somebody who speaks %o are in %s', (spoken, language) => {
  expect(paperLanguageOf(spoken)).toBe(language);
});
