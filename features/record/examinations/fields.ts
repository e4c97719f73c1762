import type { AcuityMethod } from './acuity';
import type { Eye } from './policy';

/** Names of the form's fields; apart from the schema, so that the form comes without it. */
export const acuityField = (eye: Eye, method: AcuityMethod) => `${eye}-${method}` as const;
export const lensField = (eye: Eye, part: 'sphere' | 'cylinder' | 'axis' | 'add') =>
  `${eye}-${part}` as const;
export const pressureField = (eye: Eye) => `${eye}-pressure` as const;
