import { describe, expect, it } from 'vitest';
import { historyLines } from './policy';
import { saveHistoryInput } from './schema';

const parse = (fields: Record<string, unknown>) =>
  saveHistoryInput.safeParse({ patientId: 'a'.repeat(24), version: '0', ...fields });
const problems = (fields: Record<string, unknown>) =>
  (parse(fields).error?.issues ?? []).map(({ path }) => path.join('.'));

describe('a history as it is sent', () => {
  it('has what was written, says where there is nothing, and leaves out what was not asked', () => {
    const { data } = parse({
      'medical1-what': 'Diabetes',
      'medical1-since': '2012',
      'medical3-what': ' Asthma ',
      'surgical1-what': 'Cataract surgery',
      'surgical1-side': 'left',
      'family-nothing': 'on',
    });
    expect(data?.parts).toEqual({
      surgical: [{ what: 'Cataract surgery', side: 'left' }],
      medical: [{ what: 'Diabetes', since: '2012' }, { what: 'Asthma' }],
      family: [],
    });
    expect(historyLines(data?.parts ?? {})).toEqual([
      { part: 'surgical', label: 'Operations', text: 'Cataract surgery, left eye' },
      { part: 'medical', label: 'Illnesses', text: 'Diabetes, since 2012; Asthma' },
      { part: 'family', label: 'Family', text: 'Nothing' },
    ]);
  });

  it.each([
    [{ 'medical1-since': '2012' }, 'medical1-what'],
    [{ 'medical-nothing': 'on', 'medical1-what': 'Asthma' }, 'medical-nothing'],
    [{ 'surgical1-what': 'Laser', 'surgical1-side': 'third' }, 'surgical1-side'],
    [{ 'family1-what': 'x'.repeat(81) }, 'family1-what'],
    [{ 'family1-what': { $ne: null } }, 'family1-what'],
    [{ patientId: '{"$ne":null}' }, 'patientId'],
    [{ version: '-1' }, 'version'],
  ])('is refused beside the field: %j', (fields, name) => expect(problems(fields)).toContain(name));

  it('has no eye where a part has none', () => {
    expect(parse({ 'family1-what': 'Glaucoma', 'family1-side': 'left' }).data?.parts).toEqual({
      family: [{ what: 'Glaucoma' }],
    });
  });
});
