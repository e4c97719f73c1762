import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it, vi } from 'vitest';
import { NO_ASSESSMENT, NO_MEASUREMENTS } from '../policy';
import { MeasurementsForm } from './measurements-form';

vi.mock('../actions', () => ({ measureAction: async () => ({ status: 'idle' }) }));

const earlier = {
  day: '1 Nov 2026',
  measurements: { ...NO_MEASUREMENTS, pressures: [{ right: { mmHg: 30 }, method: 'goldmann' as const }] },
  assessment: NO_ASSESSMENT,
};
const shown = (measurements = NO_MEASUREMENTS) =>
  renderToStaticMarkup(
    <MeasurementsForm
      visitId="a"
      version={0}
      measurements={measurements}
      earlier={earlier}
      notation="metres"
      targets={{}}
      timeZone="Asia/Kolkata"
      isSigned={false}
    />,
  );

describe('the measurements of a new visit', () => {
  it('begin empty: the tonometer of the last time is said, and not chosen', () => {
    expect(shown()).not.toContain('selected="" value="goldmann"');
    expect(shown()).toMatch(/1 Nov 2026: right 30 mmHg \(high\)(<!-- -->)*, Goldmann/);
  });

  it('have the fields of a folded group once there is something in it', () => {
    const near = (said: string) => [...said.matchAll(/name="[a-z]+-near-[^"]+"/g)].length;
    expect(shown()).toContain('Near vision');
    expect(near(shown())).toBe(0);
    const { right, left } = NO_MEASUREMENTS;
    const read = shown({ ...NO_MEASUREMENTS, right: { ...right, near: { unaided: { as: 'J2' } } }, left });
    expect(near(read)).toBeGreaterThan(0);
  });

  it('say beside a value which device it is from, and nothing beside one that was typed', () => {
    const said = shown({
      ...NO_MEASUREMENTS,
      left: { acuity: { unaided: { base: 95 } } },
      tests: { cct: { right: '540', left: '545' } },
      sources: { 'test-cct-right': 'NIDEK NT-530P', 'left-unaided': 'Maker Refractor' },
    });
    expect(said.match(/From (<!-- -->)?[A-Z]/g)).toHaveLength(2);
    expect(said).toMatch(/name="test-cct-right-source"[^>]*value="NIDEK NT-530P"/);
    expect(said).not.toContain('name="test-cct-left-source"');
  });

  it('keep the tonometer that was chosen at this visit, and mark a high pressure', () => {
    const chosen = shown({
      ...NO_MEASUREMENTS,
      pressures: [{ right: { mmHg: 34 }, left: { mmHg: 12 }, method: 'icare' }],
    });
    expect(chosen).toMatch(
      /<option[^>]*value="icare"[^>]*selected|<option[^>]*selected=""[^>]*value="icare"/,
    );
    expect(chosen.match(/>High</g)).toHaveLength(1);
    expect(shown()).not.toContain('>High<');
  });
});
