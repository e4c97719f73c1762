import { type AcuityMethod, METHOD_LABEL } from '@/features/record/examinations/acuity';
import type { SeenWith } from '@/features/record/examinations/policy';
import { nodeAt, readXml, textAt, type XmlNode } from './xml';

// What refractometers, lensmeters, keratometers and tonometers have measured, from the files that they
// write: NIDEK "Data", NIDEK lensmeters in a network, and JOIA 1.x as Topcon and others write it. An eye is
// the name of a block, and is never guessed.

type Eye = 'right' | 'left';
/** A figure as it was written, and as a number. */
export type DeviceFigure = { raw: string; value: number };
type Of = {
  /** Null where the device does not say which eye it was. */
  eye: Eye | null;
};
export type DeviceReading =
  /** Far, of one eye or of both open. */
  | {
      kind: 'acuity';
      eye: SeenWith | null;
      method: AcuityMethod;
      decimal: DeviceFigure;
      letters: number;
    }
  /** Said by the device, and for nobody to take over. */
  | { kind: 'shown'; eye: SeenWith | null; of: string; text: string }
  | OfEye;
type OfEye = Of &
  (
    | {
        kind: 'lens';
        set: 'auto' | 'own' | 'subjective';
        sphere: DeviceFigure;
        cylinder: DeviceFigure | null;
        axis: DeviceFigure | null;
        add: DeviceFigure | null;
        vertex: DeviceFigure | null;
      }
    | { kind: 'pressure'; mmHg: DeviceFigure }
    | { kind: 'thickness'; micrometres: DeviceFigure }
    | {
        kind: 'keratometry';
        k1: { power: DeviceFigure; radius: DeviceFigure | null; axis: DeviceFigure | null };
        k2: { power: DeviceFigure; radius: DeviceFigure | null; axis: DeviceFigure | null };
      }
    /** A figure of one box of an examination's tests. */
    | { kind: 'test'; key: string; figure: DeviceFigure }
    /** The device could not: said, never left out. */
    | { kind: 'error'; of: string; text: string }
  );
export type DeviceFile = {
  /** "NIDEK ARK-1". */
  device: string;
  /** As the device's clock said, which may be wrong. */
  takenAt: string;
  patient: { id: string; name: string; birthDate: string; sex: string };
  readings: DeviceReading[];
};

/** One sign, digits, one separator, perhaps a unit; null for anything else, such as "<0.1" or "1.234,5". */
export function readFigure(text: string): DeviceFigure | null {
  const raw = text.trim();
  const match = /^([+\-\u2212]?) ?(\d{1,4})(?:[.,](\d{1,4}))? ?(mm|cm|um|µm|D|°|mmHg)?$/i.exec(raw);
  if (!match) return null;
  const value = Number(`${match[2]}.${match[3] ?? '0'}`);
  return { raw, value: value === 0 ? 0 : match[1] === '-' || match[1] === '\u2212' ? -value : value };
}

const figureAt = (node: XmlNode | undefined, ...names: readonly string[]): DeviceFigure | null => {
  for (const name of names) {
    const found = readFigure(textAt(node, name));
    if (found) return found;
  }
  return null;
};

const EYES: Readonly<Record<string, Eye | null>> = { r: 'right', l: 'left', s: null };
const eyesIn = (node: XmlNode | undefined): { eye: Eye | null; block: XmlNode }[] =>
  (node?.children ?? []).flatMap((block) =>
    Object.hasOwn(EYES, block.name) ? [{ eye: EYES[block.name] ?? null, block }] : [],
  );

type LensSet = 'auto' | 'own' | 'subjective';
const SET_NAMES: Record<LensSet, string> = { auto: 'Refraction', own: 'Glasses', subjective: 'Subjective' };

function errorsOf(of: string, eye: Eye | null, block: XmlNode | undefined): DeviceReading[] {
  const text = textAt(block, 'error');
  return text ? [{ kind: 'error', eye, of, text: text.slice(0, 60) }] : [];
}

function lensOf(
  set: LensSet,
  eye: Eye | null,
  node: XmlNode | undefined,
  vertex: DeviceFigure | null,
): DeviceReading[] {
  if (!node) return [];
  // A lensmeter of the field writes "Sphare"; a phoropter "Sph".
  const sphere = figureAt(node, 'sphere', 'sphare', 'sph');
  const typed = textAt(node, 'sphere') || textAt(node, 'sphare') || textAt(node, 'sph');
  if (!sphere) {
    const text = textAt(node, 'error') || typed;
    return text ? [{ kind: 'error', eye, of: SET_NAMES[set], text: text.slice(0, 60) }] : [];
  }
  const near = figureAt(node, 'nearsphere', 'nearsphare');
  const add =
    figureAt(node, 'add', 'add1') ??
    (near ? { raw: `near ${near.raw}`, value: Math.round((near.value - sphere.value) * 100) / 100 } : null);
  return [
    {
      ...{ kind: 'lens', set, eye, sphere, vertex },
      cylinder: figureAt(node, 'cylinder', 'cyl'),
      axis: figureAt(node, 'axis'),
      add: add && add.value > 0 ? add : null,
    },
  ];
}

function meridianOf(node: XmlNode | undefined) {
  const power = figureAt(node, 'power');
  return power ? { power, radius: figureAt(node, 'radius'), axis: figureAt(node, 'axis') } : null;
}
function keratometryOf(eye: Eye | null, median: XmlNode | undefined): DeviceReading[] {
  const [k1, k2] = [meridianOf(nodeAt(median, 'r1')), meridianOf(nodeAt(median, 'r2'))];
  return k1 && k2 ? [{ kind: 'keratometry', eye, k1, k2 }] : [];
}
const pressureOf = (eye: Eye | null, text: string): DeviceReading[] => {
  const mmHg = readFigure(text);
  return mmHg ? [{ kind: 'pressure', eye, mmHg }] : [];
};
/** Decimal, as these devices write it. */
function acuityOf(method: AcuityMethod, eye: Eye | null, text: string): DeviceReading[] {
  if (text === '') return [];
  const decimal = readFigure(text);
  if (!decimal) return [{ kind: 'error', eye, of: `Acuity, ${METHOD_LABEL[method].toLowerCase()}`, text }];
  return [{ kind: 'acuity', eye, method, decimal, letters: 0 }];
}
/** One maker writes micrometres, another millimetres: 0.511 is 511. */
function thicknessOf(eye: Eye | null, text: string): DeviceReading[] {
  const read = readFigure(text);
  if (!read) return [];
  const value = read.value < 2 ? Math.round(read.value * 1000) : Math.round(read.value);
  return value >= 300 && value <= 800
    ? [{ kind: 'thickness', eye, micrometres: { raw: read.raw, value } }]
    : [{ kind: 'error', eye, of: 'Corneal thickness', text: read.raw }];
}
const childrenOf = (node: XmlNode | undefined, name: string): XmlNode[] =>
  (node?.children ?? []).filter((one) => one.name === name);

/** NIDEK `Data`: everything of an eye lies below its letter. */
function nidekReadings(data: XmlNode): DeviceReading[] {
  const vertex = figureAt(data, 'vd');
  return eyesIn(data).flatMap(({ eye, block }) => {
    const ar = nodeAt(block, 'ar');
    // Several diameters may be there: the one without a condition, or the smallest zone, is the usual one.
    const [km] = childrenOf(block, 'km').sort((a, b) => zoneOf(a) - zoneOf(b));
    const nt = nodeAt(block, 'nt');
    const pachy = nodeAt(block, 'pachy');
    return [
      ...lensOf('auto', eye, nodeAt(ar, 'armedian'), vertex),
      ...childrenOf(ar, 'arlist').flatMap((one) => errorsOf('Refraction', eye, one)),
      ...lensOf('subjective', eye, nodeAt(block, 'sr'), vertex),
      ...acuityOf('unaided', eye, textAt(block, 'va', 'ucva')),
      ...acuityOf('refraction', eye, textAt(block, 'va', 'bcva')),
      ...lensOf('own', eye, nodeAt(block, 'lm'), null),
      ...keratometryOf(eye, nodeAt(km, 'kmmedian')),
      ...pressureOf(eye, textAt(nt, 'ntaverage', 'mmhg')),
      ...childrenOf(nt, 'ntlist').flatMap((one) => errorsOf('Pressure', eye, one)),
      ...thicknessOf(eye, textAt(pachy, 'pachyaverage', 'thickness')),
      ...errorsOf('Corneal thickness', eye, nodeAt(pachy, 'pachyaverage')),
    ];
  });
}
const zoneOf = ({ attributes }: XmlNode): number =>
  Number(/\d+(\.\d+)?/.exec(attributes.condition ?? '')?.[0] ?? 0);

/** `Measure` blocks: JOIA 1.x, and the lensmeters of NIDEK in a network. */
function measureReadings(measure: XmlNode): DeviceReading[] {
  const { type = '' } = measure.attributes;
  const inner = nodeAt(measure, type.toLowerCase()) ?? measure;
  const listErrors = (of: string, eye: Eye | null, block: XmlNode) =>
    childrenOf(block, 'list').flatMap((one) => errorsOf(of, eye, one));
  const own: DeviceReading[] = eyesIn(inner).flatMap(({ eye, block }) => {
    if (/^ref$/i.test(type))
      return [
        ...lensOf('auto', eye, nodeAt(block, 'median'), figureAt(measure, 'vd')),
        ...listErrors('Refraction', eye, block),
      ];
    if (/^lm$/i.test(type)) return lensOf('own', eye, block, null);
    if (/^km$/i.test(type)) return keratometryOf(eye, nodeAt(block, 'median'));
    if (/^tm$/i.test(type))
      return [
        ...pressureOf(eye, textAt(block, 'average', 'iop_mmhg')),
        ...listErrors('Pressure', eye, block),
      ];
    return [];
  });
  return [...own, ...joiaThickness(measure), ...joiaSubjective(measure)];
}

/** No average is written, and none is made up: one reading is taken, of several the last. */
function joiaThickness(measure: XmlNode): DeviceReading[] {
  return eyesIn(nodeAt(measure, 'cct') ?? nodeAt(measure, 'tm', 'cct')).flatMap(({ eye, block }) => {
    const rows = childrenOf(block, 'list');
    const read = rows.flatMap((one) => thicknessOf(eye, textAt(one, 'cct_mm')));
    return [...read.slice(-1), ...rows.flatMap((one) => errorsOf('Corneal thickness', eye, one))];
  });
}

function joiaSubjective(measure: XmlNode): DeviceReading[] {
  const types = childrenOf(nodeAt(measure, 'refractiontest'), 'type');
  const full = types.find((one) => /full correction|prescription/i.test(textAt(one, 'typename')));
  return childrenOf(full, 'examdistance').flatMap((one) => {
    const distance = readFigure(textAt(one, 'distance').replace(/[.,]000$/, ''));
    if (!distance || distance.value <= 100) return [];
    const data = nodeAt(one, 'refractiondata');
    return eyesIn(data).flatMap(({ eye, block }) => lensOf('subjective', eye, block, figureAt(data, 'vd')));
  });
}

const isoDay = (text: string): string =>
  /^\d{4}[-/.]\d{2}[-/.]\d{2}/.exec(text)?.[0].replace(/[/.]/g, '-') ?? '';

/** What a device has written. @returns a sentence for what none of the known devices writes. */
export function readDeviceFile(text: string): DeviceFile | { problem: string } {
  const xml = readXml(text);
  if ('problem' in xml) return xml;
  const [root] = xml.roots;
  const data = xml.roots.find(({ name }) => name === 'data');
  const ophthalmology = xml.roots.find(({ name }) => name === 'ophthalmology');
  const common = data ?? nodeAt(ophthalmology, 'common') ?? ophthalmology ?? root;
  const measures = childrenOf(ophthalmology, 'measure');
  const lensmeter = xml.roots.filter(({ name }) => /^lm$/.test(name));
  const readings = data
    ? nidekReadings(data)
    : measures.length > 0
      ? measures.flatMap(measureReadings)
      : lensmeter.flatMap((one) => eyesIn(one).flatMap(({ eye, block }) => lensOf('own', eye, block, null)));
  if (readings.length === 0)
    return { problem: 'Nothing that is known was found in this file. Keep it among the documents instead.' };
  const patient = nodeAt(common, 'patient');
  const of = (name: string) => textAt(patient, name).slice(0, 80);
  return {
    device: [textAt(common, 'company'), textAt(common, 'modelname')].filter(Boolean).join(' ').slice(0, 60),
    takenAt: [isoDay(textAt(common, 'date')), textAt(common, 'time').slice(0, 5)].filter(Boolean).join(' '),
    patient: {
      id: of('id'),
      name: [of('firstname'), of('middlename'), of('lastname')].filter(Boolean).join(' '),
      birthDate: isoDay(of('dob')),
      sex: of('sex').toLowerCase().slice(0, 1),
    },
    readings,
  };
}
