import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_MEASUREMENTS } from '@/features/record/examinations/policy';
import { chosenOf, identityOf, readingText, sourceOf, withReadings } from './policy';
import { type DeviceFile, readDeviceFile, readFigure } from './readings';
import { decodeText, readXml } from './xml';

const read = (text: string): DeviceFile => {
  const file = readDeviceFile(text);
  if ('problem' in file) throw new Error(file.problem);
  return file;
};
const lens = (sphere: string, cylinder: string, axis: string) =>
  `<Sphere>${sphere}</Sphere><Cylinder>${cylinder}</Cylinder><Axis>${axis}</Axis>`;
const head =
  '<Company>NIDEK</Company><ModelName>ARK-1</ModelName><Date>2026/11/29</Date><Time>07:13:53</Time>';
const nidek = (
  right: string,
  left: string,
  patient = '<Patient><No.>0042</No.><ID>P-000007</ID></Patient>',
) =>
  `<?xml version="1.0" encoding="UTF-8"?><Data>${head}${patient}<VD>12.00 mm</VD><R>${right}</R><L>${left}</L></Data>`;
const shown = (file: DeviceFile) =>
  file.readings.map((one) => [one.eye, readingText(one).label, readingText(one).raw, readingText(one).kept]);

const AR = (text: string) => `<AR><ARMedian>${text}</ARMedian></AR>`;
const JOIA = `<?xml version="1.0"?><Ophthalmology xmlns:nsCommon="c" xmlns:nsREF="r" xmlns:nsTM="t">
  <nsCommon:Common><nsCommon:Company>TOPCON</nsCommon:Company><nsCommon:ModelName>TRK-2P</nsCommon:ModelName>
    <nsCommon:Date>2024-11-26</nsCommon:Date><nsCommon:Time>19:48:59.562</nsCommon:Time>
    <nsCommon:Patient><nsCommon:ID/><nsCommon:FirstName>ASHA</nsCommon:FirstName>
      <nsCommon:LastName>RAO</nsCommon:LastName><nsCommon:DOB>1990-01-01</nsCommon:DOB><nsCommon:Sex>Female</nsCommon:Sex>
    </nsCommon:Patient></nsCommon:Common>
  <nsREF:Measure type="REF"><nsREF:REF><nsREF:R><nsREF:List No="1"><nsREF:Error>COVR </nsREF:Error></nsREF:List>
    <nsREF:Median>${lens('-1,50', '-0,50', '5').replace(/<(\/?)/g, '<$1nsREF:')}</nsREF:Median></nsREF:R></nsREF:REF></nsREF:Measure>
  <nsTM:Measure type="TM"><nsTM:TM><nsTM:R><nsTM:Average><nsTM:IOP_mmHg>16.5</nsTM:IOP_mmHg></nsTM:Average></nsTM:R>
    <nsTM:L><nsTM:List No="1"><nsTM:Error>ALM</nsTM:Error></nsTM:List></nsTM:L></nsTM:TM>
    <CCT><R><List No="1"><CCT_mm>0.511</CCT_mm></List></R><L><List No="1"><Error>NO CENTER</Error></List></L></CCT>
  </nsTM:Measure></Ophthalmology>`;

describe('a file of NIDEK', () => {
  it('says what was written beside what is kept, by eye', () => {
    const km = (condition: string, power: string) =>
      `<KM condition="${condition}"><KMMedian><R1><Radius>7.80</Radius><Power>${power}</Power><Axis>5</Axis></R1><R2><Radius>7.60</Radius><Power>44.41</Power><Axis>95</Axis></R2></KMMedian></KM>`;
    const file = read(
      nidek(
        `${AR(lens('- 6.38', '-1.12', '177'))}${km('ø3.3mm', '43.00')}${km('ø2.4mm', '43.27')}<PACHY><PACHYAverage><Thickness>557um</Thickness></PACHYAverage></PACHY>`,
        `<AR><ARList No="1"><Error>ALM</Error></ARList></AR><NT><NTAverage><mmHg>14</mmHg></NTAverage></NT>`,
      ),
    );
    expect(shown(file)).toEqual([
      ['right', 'Auto-refractor', '- 6.38 -1.12 × 177', '−6.50 −1.00 × 177'],
      ['right', 'Keratometry', '43.27 × 5, 44.41 × 95', 'K1 43.27, K2 44.41 D'],
      ['right', 'Corneal thickness', '557um', '557 µm'],
      ['left', 'Refraction', 'Error: ALM', null],
      ['left', 'Pressure, non-contact', '14', '14 mmHg'],
    ]);
    expect(sourceOf(file)).toBe('NIDEK ARK-1, 2026-11-29 07:13');
    expect(file.patient.id).toBe('P-000007');
  });

  it('is read in UTF-16 and in Shift-JIS as in UTF-8', () => {
    const text = nidek(AR(lens('+0.25', '-0.00', '180')), '').replace(' encoding="UTF-8"', '');
    const utf16 = new Uint8Array(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]));
    expect(shown(read(decodeText(utf16)))).toEqual(shown(read(text)));
    const japanese = Buffer.concat([
      Buffer.from('<?xml version="1.0" encoding="Shift_JIS"?><Data><Patient><ID>'),
      Buffer.from([0x8e, 0x52]),
      Buffer.from(`</ID></Patient><R>${AR('<Sphere>-1.00</Sphere>')}</R></Data>`),
    ]);
    expect(read(decodeText(new Uint8Array(japanese))).patient.id).toBe('山');
  });

  it('of a lensmeter keeps the eye unknown where it is, takes a misspelt word, and the add from the near sphere', () => {
    const lm = (name: string, sphere: string) =>
      `<${name}><${sphere}>+1.00</${sphere}><Near${sphere}>+3.25</Near${sphere}></${name}>`;
    const measured = `<Ophthalmology><Measure Type="LM"><LM>${lm('S', 'Sphere')}</LM></Measure></Ophthalmology>`;
    expect(shown(read(measured))).toEqual([[null, 'Own glasses', '+1.00 add near +3.25', '+1.00 add +2.25']]);
    expect(shown(read(`<LM>${lm('L', 'Sphare')}</LM>`))).toEqual([
      ['left', 'Own glasses', '+1.00 add near +3.25', '+1.00 add +2.25'],
    ]);
  });
});

it('a file of JOIA has decimal commas, millimetres, errors in single rows and prefixes', () => {
  const file = read(JOIA);
  expect(shown(file)).toEqual([
    ['right', 'Auto-refractor', '-1,50 -0,50 × 5', '−1.50 −0.50 × 5'],
    ['right', 'Refraction', 'Error: COVR', null],
    ['right', 'Pressure, non-contact', '16.5', '16.5 mmHg'],
    ['left', 'Pressure', 'Error: ALM', null],
    ['right', 'Corneal thickness', '0.511', '511 µm'],
    ['left', 'Corneal thickness', 'Error: NO CENTER', null],
  ]);
  expect(file.patient).toEqual({ id: '', name: 'ASHA RAO', birthDate: '1990-01-01', sex: 'f' });
});

it('a file of NIDEK says an acuity as a line of the chart, and an error where it has no number', () => {
  const file = read(
    nidek('<VA><UCVA>0.5</UCVA><BCVA>1.0</BCVA><NVA>0.8</NVA></VA>', '<VA><UCVA>&lt;0.1</UCVA></VA>'),
  );
  expect(shown(file)).toEqual([
    ['right', 'Acuity, unaided', '0.5 decimal', '6/12'],
    ['right', 'Acuity, best corrected', '1.0 decimal', '6/6'],
    ['left', 'Acuity, unaided', 'Error: <0.1', null],
  ]);
});

describe('whose a file is', () => {
  const asha = {
    ...{ number: 'P-000007', name: 'Asha Rao', dateOfBirth: '1990-01-01' },
    ...{ isBirthEstimated: false, sex: 'female' },
  };
  const file = read(JOIA);
  const said = (patient: Partial<DeviceFile['patient']>) =>
    identityOf({ ...file, patient: { ...file.patient, ...patient } }, asha);
  it('is sure where the number agrees, and asked where it does not or is missing', () => {
    expect(said({ id: 'p-000007', name: 'RAO ASHA' })).toEqual({ conflicts: [], doubts: [] });
    expect(said({}).doubts).toEqual(['The device has no number of the patient.']);
    expect(said({ id: '42' }).doubts).toHaveLength(1);
    expect(said({ id: 'P-000007', name: 'Usha Rao' }).doubts).toHaveLength(1);
  });
  it('is refused where the birth date or the sex is another', () => {
    expect(said({ birthDate: '1991-01-01' }).conflicts).toHaveLength(1);
    expect(said({ sex: 'm' }).conflicts).toHaveLength(1);
    expect(
      identityOf(file, { ...asha, dateOfBirth: '1989-01-01', isBirthEstimated: true }).conflicts,
    ).toEqual([]);
  });
});

describe('what is taken over', () => {
  const file = read(JOIA);
  const chosen = file.readings.flatMap((one) => chosenOf(one, null));
  it('stands beside what a person measured, with its source, and the same file adds nothing again', () => {
    const before = {
      ...NO_MEASUREMENTS,
      refractions: [{ kind: 'auto' as const, right: { sphere: -4, cylinder: 0 } }],
      tests: { cct: { right: '540' } },
    };
    const { measurements, left } = withReadings(before, chosen, 'TRK-2P');
    expect(measurements.refractions).toEqual([
      ...before.refractions,
      { kind: 'auto', source: 'TRK-2P', right: { sphere: -6, cylinder: -2, axis: 5 } },
    ]);
    expect(measurements.pressures).toEqual([{ method: 'nct', source: 'TRK-2P', right: { mmHg: 16.5 } }]);
    expect(measurements.tests).toEqual(before.tests);
    expect(left).toEqual(['Corneal thickness, right eye: is there already.']);
    const again = withReadings(measurements, chosen, 'TRK-2P');
    expect(again.measurements).toEqual(measurements);
  });
});

describe('a figure', () => {
  it.each([
    ['-1,50', -1.5],
    ['+ 0.25', 0.25],
    ['12.00 mm', 12],
    ['1°', 1],
    ['-0.00', 0],
    ['\u22122.25', -2.25],
  ])('"%s" is %s', (text, value) => expect(readFigure(text)?.value).toBe(value));
  it.each(['', '<0.1', '1.234,5', '--1', 'ERROR', '1e3', 'NaN', '12345'])('"%s" is none', (text) =>
    expect(readFigure(text)).toBeNull(),
  );
});

describe('what is no file of a device', () => {
  it.each([
    ['an entity', '<!DOCTYPE x [<!ENTITY a "b">]><Data><R/></Data>'],
    ['half a file', '<Data><R><AR><ARMedian><Sphere>-1'],
    ['crossed', '<Data><R></Data></R>'],
    ['a page', '<html><body>x</body></html>'],
    ['nothing', ''],
    ['too deep', '<a>'.repeat(40) + '</a>'.repeat(40)],
    ['too large', `<Data>${' '.repeat(1024 * 1024)}</Data>`],
  ])('%s is refused with a sentence', (_what, text) =>
    expect(readDeviceFile(text)).toHaveProperty('problem'),
  );

  it('never throws, and is read in a time that grows with it alone', () => {
    const piece = fc.constantFrom(
      '<R>',
      '</R>',
      '<',
      '>',
      '&#0;',
      '&amp;',
      '<L a="',
      '"/>',
      '<!--',
      '-->',
      'x',
      '<![CDATA[',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 60 }), (parts) => {
        expect(() => readXml(parts.join(''))).not.toThrow();
        expect(() => readDeviceFile(`<Data>${parts.join('')}</Data>`)).not.toThrow();
      }),
    );
    const from = performance.now();
    readXml(`<a ${'b="c" '.repeat(50_000)}`);
    readXml(`<a ${' '.repeat(200_000)}`);
    expect(performance.now() - from).toBeLessThan(2_000);
  });

  it('whatever the order of its blocks, never changes an eye', () => {
    const blocks = (eye: string, sphere: string) => `<${eye}>${AR(`<Sphere>${sphere}</Sphere>`)}</${eye}>`;
    fc.assert(
      fc.property(
        fc.shuffledSubarray([blocks('R', '-1.00'), blocks('L', '-2.00'), blocks('S', '-3.00')], {
          minLength: 1,
        }),
        fc.boolean(),
        (order, isSmall) => {
          const text = `<Data>${order.join('')}</Data>`;
          for (const one of read(isSmall ? text.toLowerCase() : text).readings)
            expect([one.eye, readingText(one).raw]).toEqual(
              { right: ['right', '-1.00'], left: ['left', '-2.00'] }[String(one.eye)] ?? [null, '-3.00'],
            );
        },
      ),
    );
  });
});
