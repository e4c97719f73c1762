import type { AcuityMethod } from './acuity';
import type { Complaint } from './complaints';
import type { Eye } from './eyes';
import type { NearMethod } from './near';
import type { OrderKind } from './orders';
import type { SeenWith } from './policy';
import type { LensPart } from './refraction';

/** Names of the form's fields; apart from the schema, so that the form comes without it. */
export const acuityField = (eye: SeenWith, method: AcuityMethod) => `${eye}-${method}` as const;
export const nearField = (eye: SeenWith, method: NearMethod) => `${eye}-near-${method}` as const;

type EyePart = LensPart | 'base' | 'secondprism' | 'secondbase' | 'middleadd' | 'pdfar' | 'pdnear' | 'acuity';
export const lensField = (slot: string, eye: Eye, part: EyePart) => `${slot}-${eye}-${part}` as const;
export const setField = (slot: string, part: 'pdfar' | 'pdnear' | 'vertex' | 'distance' | 'source') =>
  `${slot}-${part}` as const;

/** Complaints, from 1. */
export const complaintField = (index: number, part: keyof Complaint) => `complaint${index}-${part}` as const;

/** Readings of the pressure, from 1. */
export const MOST_PRESSURES = 8;
export const pressureField = (index: number, part: Eye | 'time' | 'method' | 'drops' | 'source') =>
  `pressure${index}-${part}` as const;
export const testField = (key: string, eye: SeenWith) => `test-${key}-${eye}` as const;

/** Beside a box: which device its value is from. */
export const sourceField = (box: string) => `${box}-source` as const;

export const findingField = (key: string, eye: Eye) => `row-${key}-${eye}` as const;
export const targetField = (eye: Eye) => `target-${eye}` as const;
/** What is ordered, from 1 for each kind. */
export const orderField = (kind: OrderKind, index: number, part: 'what' | 'side' | 'urgency' | 'reason') =>
  `${kind}${index}-${part}` as const;
