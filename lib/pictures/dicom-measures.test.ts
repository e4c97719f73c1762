import { describe, expect, it } from 'vitest';
import {
  codeItem,
  dicomFile,
  type Element,
  fd,
  fl,
  groupItem,
  numberItem,
  SOP_CLASS,
  SYNTAX,
  sq,
} from '@/tests/builders/dicom';
import { readDicomHeader } from './thread';

const measured = async (sopClass: string, elements: readonly Element[], syntax: string = SYNTAX.explicit) =>
  (await readDicomHeader(dicomFile({ sopClass, measured: elements, syntax })))?.measures;

const lens = (sphere: number, more: Element[] = []): Element[] => [fd(0x00460146, sphere), ...more];
const cylinder = (power: number, axis: number): Element =>
  sq(0x00460018, [fl(0x00220009, axis), fd(0x00460147, power)]);

describe('what a device has measured', () => {
  it.each([SYNTAX.explicit, SYNTAX.implicit, SYNTAX.deflated])(
    'is read from a refractometer, written as %s',
    async (syntax) => {
      const elements = [sq(0x00460050, lens(-6.38, [cylinder(-0.62, 177)])), sq(0x00460052, lens(1.25))];
      expect(await measured(SOP_CLASS.autorefraction, elements, syntax)).toEqual([
        { eye: 'right', what: 'lens', set: 'auto', values: { sphere: -6.38, cylinder: -0.62, axis: 177 } },
        { eye: 'left', what: 'lens', set: 'auto', values: { sphere: 1.25 } },
      ]);
    },
  );

  it('is read from a lensmeter, and its lens without an eye has none', async () => {
    const add = sq(0x00460100, [fd(0x00460104, 2)]);
    expect(
      await measured(SOP_CLASS.lensometry, [sq(0x00460014, lens(-1, [add])), sq(0x00460016, lens(3))]),
    ).toEqual([
      { eye: 'right', what: 'lens', set: 'own', values: { sphere: -1, add: 2 } },
      { eye: null, what: 'lens', set: 'own', values: { sphere: 3 } },
    ]);
  });

  it('is read from a keratometer: the flat meridian first, and none where one is missing', async () => {
    const meridian = (tag: number, radius: number, power: number, axis: number) =>
      sq(tag, [fd(0x00460075, radius), fd(0x00460076, power), fd(0x00460077, axis)]);
    const both = [meridian(0x00460074, 7.5, 45, 90), meridian(0x00460080, 7.8, 43.25, 180)];
    expect(
      await measured(SOP_CLASS.keratometry, [sq(0x00460070, both), sq(0x00460071, both.slice(0, 1))]),
    ).toEqual([
      {
        ...{ eye: 'right', what: 'keratometry' },
        flat: { radius: 7.8, power: 43.25, axis: 180 },
        steep: { radius: 7.5, power: 45, axis: 90 },
      },
    ]);
  });

  describe('of acuity', () => {
    const seen = (tag: number, decimal: number, letters?: number): Element => {
      const more = Buffer.alloc(2);
      more.writeInt16LE(letters ?? 0);
      return sq(tag, [
        ...(letters === undefined ? [] : [[0x00460135, 'SS', more] as Element]),
        fd(0x00460137, decimal),
      ]);
    };
    const of = (type: string, distance: string): Element[] => [
      sq(0x00460121, [[0x00080104, 'LO', type]]),
      [0x00460125, 'CS', distance],
    ];
    const eyes = [seen(0x00460122, 1), seen(0x00460123, 0.5, -2), seen(0x00460124, 1.25)];

    it.each([SYNTAX.explicit, SYNTAX.implicit])(
      'is read far, of each eye and of both, written as %s',
      async (syntax) => {
        const elements = [...of('Best corrected visual acuity', 'DISTANCE'), ...eyes];
        expect(await measured(SOP_CLASS.acuity, elements, syntax)).toEqual([
          { eye: 'right', what: 'acuity', method: 'refraction', decimal: 1, letters: 0 },
          { eye: 'left', what: 'acuity', method: 'refraction', decimal: 0.5, letters: -2 },
          { eye: 'both', what: 'acuity', method: 'refraction', decimal: 1.25, letters: 0 },
        ]);
      },
    );

    it.each([
      ['Uncorrected visual acuity', 'unaided'],
      ['Pinhole visual acuity', 'pinhole'],
      ['Visual acuity with contact lenses', 'contact'],
      ['Spectacle corrected visual acuity', 'glasses'],
    ])('is one of ours by the words of its code: %s', async (type, method) => {
      const elements = [...of(type, 'DISTANCE'), seen(0x00460122, 1)];
      expect(await measured(SOP_CLASS.acuity, elements)).toMatchObject([{ what: 'acuity', method }]);
    });

    it.each([
      ['Best corrected visual acuity', 'NEAR'],
      ['Best corrected visual acuity', ''],
      ['Corrected visual acuity', 'DISTANCE'],
      ['Habitual visual acuity', 'DISTANCE'],
    ])('is shown where nobody can say what it was: %s, %s', async (type, distance) => {
      const elements = [...of(type, distance), seen(0x00460123, 0.8, 1)];
      const [shown] = (await measured(SOP_CLASS.acuity, elements)) ?? [];
      expect(shown).toMatchObject({ eye: 'left', what: 'shown', text: '0.8 decimal, 1 letters' });
    });
  });

  it('is the axial length that was chosen; of several that were not, none', async () => {
    const length = (value: number) => fl(0x00221019, value);
    const chosen = [sq(0x00221050, [length(23.1)], [length(23.9)]), sq(0x00221260, [length(23.45)])];
    const several = [sq(0x00221050, [length(23.1)], [length(23.9)]), fl(0x00221131, 3.12)];
    expect(await measured(SOP_CLASS.axial, [sq(0x00221007, chosen), sq(0x00221008, several)])).toEqual([
      { eye: 'right', what: 'tests', values: { 'axial-length': 23.45 } },
      { eye: 'left', what: 'tests', values: { 'chamber-depth': 3.12 } },
      { eye: 'left', what: 'several', of: 'Axial length' },
    ]);
  });

  it('shows which lens a formula proposes, and gives it to nobody to take', async () => {
    const power = (value: number, error: number) => [fl(0x00221053, value), fl(0x00221054, error)];
    const eye = [
      sq(0x00221028, [[0x00080104, 'LO', 'SRK-T']]),
      fl(0x00221037, -0.25),
      sq(0x00221090, power(21.5, -0.12), power(22, -0.45)),
    ];
    expect(await measured(SOP_CLASS.lensPower, [sq(0x00221300, eye)])).toEqual([
      {
        ...{ eye: 'right', what: 'shown', of: 'Lens power, SRK-T, target -0.25' },
        text: '21.5 D for -0.12; 22 D for -0.45',
      },
    ]);
  });

  it('is read from a perimeter, with its index from the coded list', async () => {
    const elements: Element[] = [
      sq(0x00240064, [fl(0x00240066, -3.21), fl(0x00240068, 4.5)]),
      [0x00240113, 'CS', 'L'],
      sq(0x00240320, numberItem('Visual Field Index', '91', '%')),
    ];
    expect(await measured(SOP_CLASS.field, elements)).toEqual([
      { eye: 'left', what: 'tests', values: { 'field-md': -3.21, 'field-psd': 4.5 } },
      { eye: 'left', what: 'tests', values: { 'field-vfi': 91 } },
    ]);
    const [nobodys] = (await measured(SOP_CLASS.field, elements.slice(0, 1))) ?? [];
    expect(nobodys?.eye).toBeNull();
  });

  it('is read from a report under the eye beside or above the number, in its unit alone', async () => {
    const side = (eye: string) => codeItem('Laterality', eye);
    const report = sq(
      0x0040a730,
      groupItem('Macula', side('Right'), numberItem('Center Subfield Thickness', '251', 'um')),
      groupItem('Macula', side('Left'), numberItem('Center Subfield Thickness', '0.249', 'mm')),
      numberItem('Average RNFL thickness', '88', 'um', [side('Left eye')]),
      numberItem('Average RNFL thickness', '90', 'um'),
      numberItem('Something else', '1', 'um'),
    );
    const expected = [
      { eye: 'right', what: 'tests', values: { cmt: 251 } },
      { eye: 'left', what: 'tests', values: { rnfl: 88 } },
      { eye: null, what: 'tests', values: { rnfl: 90 } },
    ];
    expect(await measured(SOP_CLASS.macula, [report])).toEqual(expected);
    expect(await measured('1.2.840.10008.5.1.4.1.1.88.33', [report])).toEqual(expected);
    // The same in a picture says nothing.
    expect(await measured(SOP_CLASS.photography, [report])).toEqual([]);
  });

  it('ends where a report is made to have no end, and a number that is none is no number', async () => {
    let deep = numberItem('Center Subfield Thickness', '251', 'um');
    for (let depth = 0; depth < 60; depth++) deep = groupItem('Macula', deep);
    expect(await measured(SOP_CLASS.macula, [sq(0x0040a730, deep)])).toEqual([]);
    const odd = ['', 'NaN', '1e99', 'abc'].map((value) =>
      numberItem('Center Subfield Thickness', value, 'um'),
    );
    expect(await measured(SOP_CLASS.macula, [sq(0x0040a730, ...odd)])).toEqual([]);
    expect(await measured(SOP_CLASS.autorefraction, [sq(0x00460050, [[0x00460146, 'FD', 'x']])])).toEqual([]);
  });

  it.each([SYNTAX.explicit, SYNTAX.implicit])(
    'is read from the text of a report however many figures it has, written as %s',
    async (syntax) => {
      const thickness = (value: string) => numberItem('Center Subfield Thickness', value, 'um');
      // Of four and of eight characters, as long as numbers in binary are.
      const all = ['251', '251.', '251.25', '+2.5125E2', '251\\260', '251 um'].map(thickness);
      const found = await measured(SOP_CLASS.macula, [sq(0x0040a730, ...all)], syntax);
      expect(found?.map((one) => (one.what === 'tests' ? one.values.cmt : one))).toEqual([
        251, 251, 251.25, 251.25,
      ]);
    },
  );

  it.each([SYNTAX.explicit, SYNTAX.implicit])(
    'is none where a box holds two, written as %s',
    async (syntax) => {
      const [two] = [Buffer.concat([-1, -2].map((value) => fd(0x00460146, value)[2] as Buffer))];
      const elements = [sq(0x00460050, [[0x00460146, 'FD', two]]), sq(0x00460052, lens(1.25))];
      expect(await measured(SOP_CLASS.autorefraction, elements, syntax)).toMatchObject([{ eye: 'left' }]);
    },
  );
});
