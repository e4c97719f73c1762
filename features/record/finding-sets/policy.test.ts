import { expect, it } from 'vitest';
import { foundInto } from './policy';

it('fills what is empty or only normal, and adds to what somebody has written', () => {
  expect(foundInto('', 'Scar', ['Clear'])).toBe('Scar');
  expect(foundInto(' Clear ', 'Scar', ['Clear'])).toBe('Scar');
  expect(foundInto('Arcus', 'Scar, arcus', ['Clear'])).toBe('Arcus, Scar');
  expect(foundInto('Scar', 'Scar', ['Clear'])).toBe('Scar');
});
