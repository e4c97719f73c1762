import { expect, it } from 'vitest';
import { saveFindingSetInput } from './schema';

const wrong = (fields: Record<string, unknown>) =>
  saveFindingSetInput
    .safeParse({ name: 'Senile cataract', owner: 'me', ...fields })
    .error?.issues.map(({ path }) => path.join('.'));

it('holds what stands in the rows, as the sheet reads it', () => {
  const parsed = saveFindingSetInput.parse({
    ...{ name: ' Mature cataract ', owner: 'me' },
    ...{ 'found-lens': 'Mature cataract', 'found-cup': '.4', 'found-cornea': 'n', 'found-iris': ' ' },
  });
  expect(parsed).toMatchObject({
    name: 'Mature cataract',
    found: { lens: 'Mature cataract', cup: '0.4', cornea: 'Clear' },
  });
  expect(Object.keys(parsed.found)).toHaveLength(3);
});

it.each([
  [{}, 'name'],
  [{ name: '', 'found-lens': 'PCIOL' }, 'name'],
  [{ name: 'x'.repeat(61), 'found-lens': 'PCIOL' }, 'name'],
  [{ owner: 'colleague', 'found-lens': 'PCIOL' }, 'owner'],
  [{ 'found-lens': { $ne: null } }, 'found-lens'],
  [{ 'found-lens': 'x'.repeat(201) }, 'found-lens'],
  [{ 'found-cup': '1.4' }, 'found-cup'],
  [{ setId: 'a'.repeat(24), 'found-lens': 'PCIOL' }, ''],
])('refuses %j', (fields, path) => expect(wrong(fields)).toContain(path));
