import type { AcuityMethod } from './acuity';
import { EYES, type Eye } from './eyes';
import type { EyeMeasures, Measurements } from './policy';
import type { PressureReading, Tonometer } from './pressure';
import type { Refraction } from './refraction';

/** What optometry measured before version 10: one lens and one whole pressure for each eye. */
type FormerEye = {
  acuity: Partial<Record<AcuityMethod, number>>;
  refraction?: Refraction;
  pressure?: number;
};
export type FormerMeasurements = Record<Eye, FormerEye> & { tonometer?: Tonometer };

/**
 * A record of before in the format of today, without a value lost, changed or made up: the lens has no kind
 * that anybody named, the pressure no time, and its tonometer is the one that was chosen.
 */
export function broughtToFormat(stored: Measurements | FormerMeasurements): Measurements {
  if ('format' in stored) return stored;
  const eyeOf = (eye: Eye): EyeMeasures => ({
    acuity: Object.fromEntries(
      Object.entries(stored[eye].acuity).map(([method, base]) => [method, { base }]),
    ),
  });
  const lenses = Object.fromEntries(
    EYES.flatMap((eye) => {
      const lens = stored[eye].refraction;
      return lens ? [[eye, lens]] : [];
    }),
  );
  const read = Object.fromEntries(
    EYES.flatMap((eye) => {
      const mmHg = stored[eye].pressure;
      return mmHg === undefined ? [] : [[eye, { mmHg }]];
    }),
  );
  const hasPressure = Object.keys(read).length > 0;
  const { tonometer } = stored;
  const pressures: PressureReading[] = hasPressure
    ? [{ ...read, ...(tonometer ? { method: tonometer } : {}) }]
    : [];
  return {
    format: 2,
    right: eyeOf('right'),
    left: eyeOf('left'),
    refractions: Object.keys(lenses).length > 0 ? [{ kind: 'other', ...lenses }] : [],
    pressures,
    ...(tonometer && !hasPressure ? { tonometer } : {}),
  };
}
