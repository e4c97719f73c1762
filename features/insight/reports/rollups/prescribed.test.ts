import { describe, expect, it } from 'vitest';
import {
  bandOfPower,
  classesOfLine,
  glassesCounter,
  isByIngredient,
  prescribingCounter,
  printsCounter,
} from './prescribed';

describe('what is prescribed', () => {
  it.each([
    [{ name: 'Moxifloxacin', ingredient: 'moxifloxacin' }, true],
    [{ name: 'Timolol maleate', ingredient: 'Timolol' }, true],
    [{ name: 'Vigamox', ingredient: 'Moxifloxacin' }, false],
    [{ name: 'Rose water' }, null],
  ])('is written by its ingredient: %o', (line, is) => {
    expect(isByIngredient(line)).toBe(is);
  });

  it('counts a brand with its ingredient, a prescription once, and nothing that nobody knows', () => {
    const counter = prescribingCounter();
    const brand = { name: 'Vigamox', ingredient: 'Moxifloxacin' };
    const generic = { name: 'Moxifloxacin', ingredient: 'Moxifloxacin' };
    counter.add({ doctorId: 'a', doctor: 'Dr A', dispenseStatus: 'done', lines: [brand, generic] });
    // Of the same name, and another person.
    const other = { doctorId: 'b', doctor: 'Dr A' };
    counter.add({ ...other, dispenseStatus: 'waiting', lines: [{ name: 'Rose water' }] });
    expect(counter.figures()).toEqual({
      ...{ prescriptions: 2, lines: 3, known: 2, byIngredient: 1 },
      dispensed: { none: 0, waiting: 1, partial: 0, done: 1 },
      medicines: [
        { key: 'moxifloxacin', name: 'Moxifloxacin', lines: 2, prescriptions: 1 },
        { key: 'rose water', name: 'Rose water', lines: 1, prescriptions: 1 },
      ],
      classes: [
        { key: 'fluoroquinolone', name: 'Fluoroquinolones', lines: 2, prescriptions: 1 },
        { key: 'none', name: 'Of no class in our list', lines: 1, prescriptions: 1 },
      ],
      prescribers: [
        { key: 'a', name: 'Dr A', prescriptions: 1, lines: 2, known: 2, byIngredient: 1 },
        { key: 'b', name: 'Dr A', prescriptions: 1, lines: 1, known: 0, byIngredient: 0 },
      ],
    });
  });
});

it.each([
  [{ name: 'Vigamox' }, ['fluoroquinolone']],
  [{ name: 'Combigan', ingredient: 'Brimonidine + Timolol' }, ['alpha-agonist', 'beta-blocker']],
  [{ name: 'Rose water' }, []],
])('the classes of %o are %o', (line, classes) => expect(classesOfLine(line).sort()).toEqual(classes));

it('prints are copies from the second of one paper on, also where the first was on an earlier day', () => {
  const counter = printsCounter();
  counter.add(['letter:1', 'letter:1', 'spectacles:1', 'bill:9'], new Set(['spectacles:1']));
  counter.add(['letter:1', 'letter:2'], new Set(['letter:1']));
  expect(counter.figures()).toMatchObject({
    letter: { prints: 4, copies: 2 },
    spectacles: { prints: 1, copies: 1 },
    prescription: { prints: 0, copies: 0 },
  });
});

describe('glasses', () => {
  it.each([
    [-49, 'high-minus'],
    [-48, 'minus'],
    [-25, 'minus'],
    [-24, 'low-minus'],
    [-4, 'low-minus'],
    [-3, 'plano'],
    [3, 'plano'],
    [4, 'low-plus'],
    [24, 'low-plus'],
    [25, 'plus'],
  ])('of %i eighths are %s', (eighths, band) => expect(bandOfPower(eighths)).toBe(band));

  it('are counted by kind, each lens by its power, and none advised apart', () => {
    const counter = glassesCounter();
    counter.add({ advice: 'none' });
    const right = { sphere: -10, cylinder: -4, axis: 90 };
    counter.add({ advice: 'glasses', kind: 'near', validMonths: 12, right });
    // −2.50 with −1.00 is −3.00 on the whole.
    expect(counter.figures()).toEqual({
      ...{ prescribed: 1, none: 1, kinds: { near: 1 } },
      powers: { 'low-minus': 1 },
      made: { 'as-prescribed': 0, changed: 0, 'not-made': 0, open: 1 },
    });
  });
});
