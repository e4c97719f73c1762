import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { Examination } from '../dto';
import { NO_EYE_RECORD } from '../eye-record';
import type { TestResults } from '../eye-tests';
import { NO_ASSESSMENT, NO_MEASUREMENTS } from '../policy';
import { Trends } from './trends';

const examination = (day: string, tests: TestResults, cup?: string): Examination => ({
  ...{
    visitId: day,
    patientId: 'p',
    day,
    before: {},
    measured: null,
    assessed: null,
    signed: null,
    amended: null,
  },
  ...{ measurementsVersion: 1, assessmentVersion: 1 },
  measurements: { ...NO_MEASUREMENTS, tests },
  assessment: { ...NO_ASSESSMENT, ...(cup ? { rows: { cup: { right: cup } } } : {}) },
});
const shown = (...newestFirst: Examination[]) =>
  renderToStaticMarkup(<Trends examinations={newestFirst} notation="metres" record={NO_EYE_RECORD} />);

/** Where the dots of all lines stand along the drawing. */
const dotsIn = (page: string) => [...page.matchAll(/M([\d.]+) [\d.]+h0/g)].map(([, at]) => Number(at));

describe('results over time', () => {
  it('are charted once there are two of one eye, each with its unit', () => {
    const page = shown(
      examination('2026-11-29', { 'field-md': { left: '-6.5' }, rnfl: { left: '71' } }, '0.7'),
      examination('2025-11-29', { 'field-md': { left: '-3.21' }, cmt: { left: '250' } }, '0.5'),
    );
    expect(page).toContain('Visual field, mean deviation');
    // Its figures come with the script that shows them, and its dots with the drawing.
    expect(page).toMatch(/<path d="(M[\d.]+ [\d.]+h0){2}"/);
    expect(page).toContain('Cup/disc, vertical');
    expect(page).not.toContain('RNFL, average');
    expect(page).not.toContain('Central macular thickness');
  });

  it('are marked where something was done: on the day of a visit, or between two', () => {
    const pressures = (day: string) => examination(day, { rnfl: { left: day.slice(2, 4) } });
    const page = renderToStaticMarkup(
      <Trends
        examinations={[pressures('2026-11-29'), pressures('2025-11-29')]}
        notation="metres"
        record={NO_EYE_RECORD}
        done={[
          { day: '2025-11-29', what: 'Injection', side: 'left' },
          { day: '2026-02-01', what: 'YAG capsulotomy', side: 'none' },
        ]}
      />,
    );
    const places = [...page.matchAll(/<g transform="translate\(([\d.]+) 0\)"><title>([^<]+)</g)];
    expect(places.map(([, , label]) => label)).toEqual([
      'Injection, left eye, Sat 29 Nov 2025',
      'YAG capsulotomy, Sun 1 Feb 2026',
    ]);
    const [first = 0, second = 0] = places.map(([, at]) => Number(at));
    const dots = dotsIn(page);
    expect(first).toBeCloseTo(dots[0] ?? 0);
    expect(second).toBeCloseTo(((dots[0] ?? 0) + (dots[1] ?? 0)) / 2);
  });

  it('have below them what was given meanwhile, in true proportion and as words', () => {
    const pressed = (day: string, mmHg: number): Examination => ({
      ...examination(day, {}),
      measurements: { ...NO_MEASUREMENTS, pressures: [{ right: { mmHg } }] },
    });
    const page = renderToStaticMarkup(
      <Trends
        examinations={[pressed('2026-03-01', 14), pressed('2026-01-30', 26), pressed('2026-01-01', 28)]}
        notation="metres"
        record={NO_EYE_RECORD}
        medicines={[
          { label: 'Timolol, both eyes', parts: [{ from: '2026-02-14', until: null }] },
          { label: 'Antibiotic', parts: [{ from: '2025-01-01', until: '2025-01-20' }] },
        ]}
      />,
    );
    expect(page).toContain('since Sat 14 Feb 2026');
    expect(page).not.toContain('Antibiotic');
    const [from, width] =
      /<rect x="([\d.]+)" y="\d+" width="([\d.]+)"/.exec(page)?.slice(1).map(Number) ?? [];
    const [, middle = 0, last = 0] = dotsIn(page);
    // Half of the way from the second day to the third, and on beyond it.
    expect(from).toBeCloseTo((middle + last) / 2, 0);
    expect((from ?? 0) + (width ?? 0)).toBeGreaterThan(last);
  });

  it('hold no figure where there is a word', () => {
    const page = shown(
      examination('2026-11-29', { rnfl: { left: 'Could not' } }, 'Could not be seen'),
      examination('2025-11-29', { rnfl: { left: '80' } }, '0.5'),
    );
    expect(page).toBe('');
  });
});
