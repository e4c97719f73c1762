import { describe, expect, it } from 'vitest';
import { FINDING_ROWS } from '@/features/record/examinations/finding-rows';
import { rowsWith, SHEET_GROUP_IDS, shownOf, WHOLE_SHEET } from '@/features/record/examinations/sheet-layout';
import { kindsOf, templateFor, VISIT_KIND_IDS, type VisitFacts, type VisitKind } from './policy';
import { saveTemplateInput } from './schema';
import { STARTER_TEMPLATES } from './starter-templates';

const visit: VisitFacts = { hasEarlier: true, ageYears: 60, problems: [], reason: '' };

describe('what a visit is for', () => {
  it.each<[string, Partial<VisitFacts>, VisitKind[]]>([
    ['the first', { hasEarlier: false }, ['first']],
    ['another', {}, ['follow-up']],
    ['a child’s, also the first', { ageYears: 4, hasEarlier: false }, ['child', 'first']],
    ['glaucoma, by its code', { problems: ['H40.1'] }, ['glaucoma', 'follow-up']],
    ['retina, also of a diabetic', { problems: ['E11.3'] }, ['retina', 'follow-up']],
    [
      'after an operation, before the glaucoma',
      { reason: 'Post-op day 1', problems: ['H40.1'] },
      ['post-operative', 'glaucoma', 'follow-up'],
    ],
    ['refraction only', { reason: 'New glasses' }, ['refraction', 'follow-up']],
    ['a camp', { reason: 'Camp at Hosur', hasEarlier: false }, ['camp', 'first']],
  ])('%s', (_what, facts, kinds) => expect(kindsOf({ ...visit, ...facts })).toEqual(kinds));
});

it('is served by one’s own template before the hospital’s, and by none where none fits', () => {
  const of = (id: string, kind: VisitKind, isOwn = false) => ({ id, kind, isOwn, ...WHOLE_SHEET });
  const all = [of('a', 'first'), of('b', 'glaucoma'), of('c', 'glaucoma', true)];
  expect(templateFor(all, ['glaucoma', 'follow-up'])?.id).toBe('c');
  expect(templateFor(all, ['child', 'first'])?.id).toBe('a');
  expect(templateFor(all, ['follow-up'])).toBeUndefined();
});

describe('the sheet', () => {
  it('shows what it names in its order, and never hides what has a value', () => {
    const shown = shownOf(['a', 'b', 'c', 'd'], String, ['c', 'a', 'gone'], (key) => key === 'd');
    expect(shown).toEqual(['c', 'a', 'd']);
  });

  it('has its own normals, but for figures', () => {
    const rows = rowsWith({ ...WHOLE_SHEET, normals: { disc: 'Pink, 0.3', cup: '0.3' } });
    const normalOf = (key: string) => rows.find((one) => one.key === key)?.normal;
    expect([normalOf('disc'), normalOf('cup'), normalOf('lens')]).toEqual(['Pink, 0.3', '', 'Clear']);
  });

  it('of each template to begin with is made of what there is, one for each kind of visit', () => {
    const rows = FINDING_ROWS.map(({ key }) => key);
    for (const one of STARTER_TEMPLATES) {
      expect(one.groups.filter((key) => !SHEET_GROUP_IDS.includes(key))).toEqual([]);
      expect(one.rows.filter((key) => !rows.includes(key))).toEqual([]);
    }
    expect(STARTER_TEMPLATES.map(({ kind }) => kind).sort()).toEqual([...VISIT_KIND_IDS].sort());
  });
});

describe('a template as it is sent', () => {
  const said = { name: 'Own', kind: 'camp', owner: 'me', groups: ['acuity'], rows: ['lens', 'disc'] };
  it('keeps its order, and the normals of the rows that it shows', () => {
    const parsed = saveTemplateInput.parse({ ...said, 'normal-disc': 'Pink', 'normal-cornea': 'Clear' });
    expect(parsed).toMatchObject({ groups: ['acuity'], rows: ['lens', 'disc'], normals: { disc: 'Pink' } });
  });

  it.each([
    { name: '' },
    { kind: 'party' },
    { owner: 'another' },
    { groups: ['everything'] },
    { rows: ['tail'] },
    { rows: [{ $ne: null }] },
    { groups: [], rows: [] },
    { templateId: 'a'.repeat(24) },
    { 'normal-disc': 'x'.repeat(81) },
  ])('is refused: %j', (wrong) =>
    expect(saveTemplateInput.safeParse({ ...said, ...wrong }).success).toBe(false),
  );
});
