import { describe, expect, it } from 'vitest';
import { ACUITIES, acuityText } from './acuity';
import { ACUITY_WORDS, acuityChoices, acuityShown, readAcuity } from './acuity-reading';
import { nearBase, nearShown, readNearAcuity } from './near';

const base = (typed: string) => {
  const read = readAcuity(typed);
  return 'base' in read ? read.base : read;
};
const shown = (typed: string, notation: 'metres' | 'feet' = 'metres') => {
  const read = readAcuity(typed);
  return 'problem' in read ? read : acuityShown(read, notation);
};

describe('an acuity as people type it', () => {
  // The table of the scale: base = 110 - 50 logMAR, one unit a letter.
  it.each([
    ['6/3', '20/10', 126],
    ['6/4', '20/13', 119],
    ['6/5', '20/17', 114],
    ['6/6', '20/20', 110],
    ['6/7.5', '20/25', 105],
    ['6/9', '20/30', 101],
    ['6/9.5', '20/32', 100],
    ['6/12', '20/40', 95],
    ['6/18', '20/60', 86],
    ['6/24', '20/80', 80],
    ['6/36', '20/120', 71],
    ['6/60', '20/200', 60],
    ['6/96', '20/320', 50],
    ['3/60', '20/400', 45],
    ['2/60', '20/600', 36],
    ['1/60', '20/1200', 21],
  ])('%s and %s are one place of the scale', (metres, feet, place) => {
    expect(base(metres)).toBe(place);
    // 20/32 and 20/320 are rounded differently from what they stand for by less than a letter.
    expect(Math.abs(Number(base(feet)) - place)).toBeLessThanOrEqual(1);
  });

  it.each([
    ['6/9p', '6/9p', 99],
    ['6/9 partial', '6/9p', 99],
    ['6/9-2', '6/9-2', 99],
    ['6/9 +1', '6/9+1', 102],
    ['20/40-1', '6/12-1', 94],
    ['5/60', '5/60', 56],
    ['4/60', '4/60', 51],
    ['20/15', '6/4.5', 116],
    ['20/70', '6/21', 83],
    ['cf1m', 'CF 1 m', 4],
    ['CF @ 3 m', 'CF 3 m', 4],
    ['fc 2ft', 'CF 2 ft', 4],
    ['cfcf', 'CF close to face', 4],
    ['cf', 'CF', 4],
    ['hm', 'HM', 3],
    ['hmcf', 'HM close to face', 3],
    ['pl', 'PL', 2],
    ['PL PR', 'PL, projection in all quadrants', 2],
    ['lp pr s n', 'PL, projection superior, nasal', 2],
    ['PL, projection in no quadrant', 'PL, projection in no quadrant', 2],
    ['PL+', 'PL', 2],
    ['PL positive', 'PL', 2],
    ['PL+ PR+', 'PL, projection in all quadrants', 2],
    ['pl pr -', 'PL, projection in no quadrant', 2],
    ['pl pr none', 'PL, projection in no quadrant', 2],
    ['pl accurate', 'PL, projection in all quadrants', 2],
    ['npl', 'NPL', 1],
    ['nlp', 'NPL', 1],
    ['0.3 logmar', '0.30 logMAR', 95],
    ['-0.1 logMAR', '-0.10 logMAR', 115],
    ['0.5 decimal', '0.5 decimal', 95],
    ['70 letters', '70 letters', 95],
    ['6/12 lea', '6/12 Lea', 95],
    ['Cardiff 6/9', '6/9 Cardiff', 101],
    ['kay, 0.3 logmar', '0.30 logMAR Kay', 95],
    ['20/40 hotv', '6/12 HOTV', 95],
    ['6/9-2 allen', '6/9-2 Allen', 99],
  ])('%s is %s', (typed, text, place) => {
    expect(shown(typed)).toBe(text);
    expect(base(typed)).toBe(place);
  });

  it.each([
    ['6/9(p)', '6/9p'],
    ['6/9 (P)', '6/9p'],
    ['6/9 ptl', '6/9p'],
    ['6/6 (-2)', '6/6-2'],
    ['6\\9', '6/9'],
    ['6\u20449', '6/9'],
    ['6/7,5', '6/7.5'],
    ['counting fingers 2 mts', 'CF 2 m'],
    ['Finger counting at 3 mtrs', 'CF 3 m'],
    ['CF half meter', 'CF 0.5 m'],
    ['FCCF', 'CF close to face'],
    ['hand movements', 'HM'],
    ['HM +ve', 'HM'],
    ['HM CF', 'HM close to face'],
    ['PL present', 'PL'],
    ['PL PR acc', 'PL, projection in all quadrants'],
    ['PL+ PR+ in all 4 quadrants', 'PL, projection in all quadrants'],
    ['LP with projection', 'PL, projection in all quadrants'],
    ['No perception of light', 'NPL'],
    ['LogMAR 0.3', '0.30 logMAR'],
    ['decimal 0.5', '0.5 decimal'],
    ['uncooperative', 'Could not'],
    ['unable to assess', 'Could not'],
    ['F/F', 'Fixes and follows'],
  ])('"%s", as people write it, is %s', (typed, expected) => {
    expect(shown(typed)).toBe(expected);
  });

  it.each(['PL absent', '6/6-', '0.5', 'nil', '6/18 ph 6/9', '<6/60'])('"%s" has two meanings', (typed) => {
    expect(readAcuity(typed)).toHaveProperty('problem');
  });

  it('is a word where nothing was read, and never a figure', () => {
    expect(readAcuity('NT')).toEqual({ word: 'not-tested' });
    expect(readAcuity('unable')).toEqual({ word: 'could-not' });
    expect(readAcuity('prosthesis')).toEqual({ word: 'eye-absent' });
    expect(readAcuity('ff')).toEqual({ word: 'fixes-follows' });
    expect(readAcuity('CUSUM')).toEqual({ word: 'cusum' });
    expect(readAcuity('central, steady, unmaintained')).toEqual({ word: 'csum' });
    for (const word of Object.values(ACUITY_WORDS)) expect(shown(word)).toBe(word);
  });

  it.each([
    '',
    'good',
    '6',
    '6/',
    '0/6',
    '6/0',
    '6/9-9',
    '0.5',
    '6/9999',
    'cf 1 parsec',
    'pl x',
    'PL-',
    'pl -ve',
    'PL negative',
    'pl none',
    '6//9',
    'lea',
    'lea hm',
    'kay 0.3',
    '{"$ne":1}',
  ])('"%s" is asked about, not guessed', (typed) => expect(readAcuity(typed)).toHaveProperty('problem'));

  it('comes back as it was from each text that is shown, in both notations', () => {
    const typed = [
      ...ACUITIES.flatMap(({ metres, feet }) => [metres, feet]),
      ...acuityChoices('metres'),
      ...acuityChoices('feet'),
      ...[
        '6/9p',
        '20/40-2',
        '5/60',
        'cf 2 ft',
        'hm 1 m',
        '0.34 logmar',
        '0.4 decimal',
        '61 letters',
        'pl s t',
      ],
    ];
    for (const one of typed) {
      const read = readAcuity(one);
      if ('problem' in read) throw new Error(`${one}: ${read.problem}`);
      const own = 'as' in read && /^2\d\//.test(read.as ?? '') ? 'feet' : 'metres';
      expect(readAcuity(acuityShown(read, own)), one).toEqual(read);
    }
  });

  it('is ordered on the scale as it is on the chart: more letters never count less', () => {
    for (let letter = 3; letter < 200; letter++) {
      const [smaller, larger] = [base(`6/${letter}`), base(`6/${letter + 1}`)];
      expect(Number(smaller), `6/${letter}`).toBeGreaterThanOrEqual(Number(larger));
    }
    for (const { metres } of ACUITIES.filter((one) => one.base > 20)) {
      const [less, line, more] = [`${metres}-1`, metres, `${metres}+1`].map((one) => Number(base(one)));
      expect([less, more]).toEqual([(line ?? 0) - 1, (line ?? 0) + 1]);
      expect(Number(base(`${metres}p`))).toBeLessThan(line ?? 0);
    }
    // Fingers, movements, light and none are below every line, in this order.
    const below = ['1/60', 'cf 6m', 'hm', 'pl pr', 'npl'].map((one) => Number(base(one)));
    expect([...below].sort((a, b) => b - a)).toEqual(below);
  });

  it('of a record of before reads as it did', () => {
    for (const { base: stored, metres, feet } of ACUITIES) {
      expect(acuityShown({ base: stored }, 'metres')).toBe(metres);
      expect(acuityShown({ base: stored }, 'feet')).toBe(feet);
      expect(acuityText(stored, 'metres')).toBe(metres);
    }
  });
});

describe('near vision', () => {
  it.each([
    ['n6', 'N6'],
    ['N 8 p', 'N8p'],
    ['n6 @ 33cm', 'N6 at 33 cm'],
    ['j2', 'J2'],
    ['<n36', '<N36'],
    ['could not', 'Could not'],
  ])('%s is %s', (typed, text) => {
    const read = readNearAcuity(typed.replace('8 p', '8p'));
    expect('problem' in read ? read : nearShown(read)).toBe(text);
    if (!('problem' in read)) expect(readNearAcuity(nearShown(read))).toEqual(read);
  });

  it.each([
    ['n8 p', 'N8p'],
    ['N8 partial', 'N8p'],
    ['N/6 @ 40 cm', 'N6 at 40 cm'],
    ['N6/33', 'N6 at 33 cm'],
    ['Jaeger 2', 'J2'],
  ])('"%s" is %s', (typed, expected) => {
    const read = readNearAcuity(typed);
    expect('problem' in read ? read : nearShown(read)).toBe(expected);
  });

  it('knows its place on the scale, and Jaeger has none', () => {
    expect([{ as: 'N6' }, { as: 'N6p' }, { as: 'J2' }, { word: 'could-not' as const }].map(nearBase)).toEqual(
      [95, 95, null, null],
    );
  });

  it.each(['n7', 'n', '6', 'j99', 'j0', 'n6 @ 900cm'])('"%s" is asked about', (typed) =>
    expect(readNearAcuity(typed)).toHaveProperty('problem'),
  );
});
