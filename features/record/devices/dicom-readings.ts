import type { DicomHeader, DicomMeasure } from '@/lib/pictures/dicom';
import type { DeviceFigure, DeviceFile, DeviceReading } from './readings';

const figure = (value: number): DeviceFigure => ({ raw: String(value), value });
const figureOrNone = (value: number | undefined): DeviceFigure | null =>
  value === undefined ? null : figure(value);

function readingsOf(one: DicomMeasure): DeviceReading[] {
  switch (one.what) {
    case 'acuity': {
      const { eye, method, decimal, letters } = one;
      return [{ kind: 'acuity', eye, method, decimal: figure(decimal), letters }];
    }
    case 'lens': {
      const { eye } = one;
      const { sphere, cylinder, axis, add, vertex } = one.values;
      return [
        {
          ...{ kind: 'lens', set: one.set, eye, sphere: figure(sphere) },
          cylinder: figureOrNone(cylinder),
          axis: figureOrNone(axis),
          add: add !== undefined && add > 0 ? figure(add) : null,
          vertex: figureOrNone(vertex),
        },
      ];
    }
    case 'keratometry': {
      const of = ({ power, radius, axis }: typeof one.flat) => ({
        power: figure(power),
        radius: figureOrNone(radius),
        axis: figureOrNone(axis),
      });
      return [{ kind: 'keratometry', eye: one.eye, k1: of(one.flat), k2: of(one.steep) }];
    }
    case 'tests':
      return Object.entries(one.values).map(([key, value]) => ({
        kind: 'test',
        ...{ eye: one.eye, key, figure: figure(value) },
      }));
    case 'several':
      return [{ kind: 'error', eye: one.eye, of: one.of, text: 'several values, none of them chosen' }];
    case 'shown':
      return [{ kind: 'shown', eye: one.eye, of: one.of, text: one.text }];
  }
}

/** What a DICOM file has measured, as if a device had written it. */
export const fromDicom = ({ facts, measures }: DicomHeader): DeviceFile => ({
  device: facts.device.slice(0, 60),
  takenAt: facts.takenAt,
  patient: {
    id: facts.patient.id,
    name: facts.patient.name,
    birthDate: facts.patient.birthDate,
    sex: facts.patient.sex.toLowerCase(),
  },
  readings: measures.flatMap(readingsOf),
});
