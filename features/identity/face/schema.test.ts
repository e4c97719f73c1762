import { describe, expect, it } from 'vitest';
import { slugOf } from './policy';
import { saveFaceInput } from './schema';

const face = (facts: Record<string, unknown> = {}) =>
  saveFaceInput.safeParse({ version: 'v'.repeat(22), ...facts });
const wrong = (facts: Record<string, unknown>) => face(facts).error?.issues.map(({ path }) => path[0]);

describe('the face', () => {
  it('may be empty, and its address is written small', () => {
    expect(face().data).toMatchObject({ isOpen: false });
    expect(face({ slug: ' Aravali ', isOpen: 'on' }).data).toMatchObject({ slug: 'aravali', isOpen: true });
  });

  it.each([
    ['slug', 'a'],
    ['slug', 'www'],
    ['slug', 'a--b'],
    ['slug', '../login'],
    ['slug', 'अरावली'],
    ['slug', 'x'.repeat(61)],
    ['slug', { $ne: null }],
    ['fromName', 'Bank https://bank.example'],
    ['fromName', 'x'.repeat(81)],
    ['replyTo', 'care@'],
  ])('refuses %s %j', (field, value) => expect(wrong({ [field]: value })).toContain(field));

  it('opens no page without an address', () => expect(wrong({ isOpen: 'on' })).toContain('slug'));

  it('proposes an address from the name', () => {
    expect(slugOf('Śrī Netrālaya, Guntur')).toBe('sri-netralaya-guntur');
    expect(slugOf('శ్రీ')).toBe('');
  });
});
