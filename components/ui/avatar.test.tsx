import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { Avatar } from './avatar';

it.each([
  ['Dr Asha Rao', 'AR'],
  ['Thangam', 'T'],
  ['राम वेंकटेश', 'रावें'],
  ['Asha 🙂', 'A'],
  ['(late) Asha 2', 'LA'],
  ['🙂', '?'],
  ['', '?'],
])('the letters of "%s" are "%s": never half of a sign', (name, letters) => {
  expect(renderToStaticMarkup(<Avatar name={name} />).replace(/<[^>]+>/g, '')).toBe(letters);
});
