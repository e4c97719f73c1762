import { FINDING_ROWS } from '@/features/record/examinations/finding-rows';
import type { VisitKind } from './policy';

const ROWS = FINDING_ROWS.map(({ key }) => key);
const without = (...left: string[]) => ROWS.filter((key) => !left.includes(key));
const LENS_FIGURES = ['locs-nuclear', 'locs-cortical', 'locs-posterior'];

type Starter = { name: string; kind: VisitKind; groups: readonly string[]; rows: readonly string[] };

/** To begin with; a hospital changes them to its own way. */
export const STARTER_TEMPLATES: readonly Starter[] = [
  {
    name: 'First visit',
    kind: 'first',
    groups: ['complaints', 'acuity', 'refraction', 'pressure', 'pupils', 'body'],
    rows: without(...LENS_FIGURES, 'angle', 'retinopathy'),
  },
  {
    name: 'Follow-up',
    kind: 'follow-up',
    groups: ['complaints', 'acuity', 'pressure'],
    rows: ['conjunctiva', 'cornea', 'chamber', 'iris', 'lens', 'disc', 'cup', 'cup-lens', 'macula'],
  },
  {
    name: 'After an operation, day 1',
    kind: 'post-operative',
    groups: ['acuity', 'pressure', 'complaints'],
    rows: ['lids', 'conjunctiva', 'cornea', 'chamber', 'iris', 'lens', 'vitreous', 'macula'],
  },
  {
    name: 'Glaucoma',
    kind: 'glaucoma',
    groups: ['acuity', 'pressure', 'complaints', 'pupils', 'field', 'oct', 'cornea'],
    rows: [
      'cornea',
      'chamber',
      'van-herick',
      'angle',
      'iris',
      'lens',
      'disc',
      'cup',
      'cup-lens',
      'vessels',
      'macula',
    ],
  },
  {
    name: 'Retina',
    kind: 'retina',
    groups: ['acuity', 'pressure', 'complaints', 'oct', 'body'],
    rows: [
      'iris',
      'lens',
      'vitreous',
      'disc',
      'cup',
      'cup-lens',
      'macula',
      'retinopathy',
      'vessels',
      'periphery',
    ],
  },
  {
    name: 'Child',
    kind: 'child',
    groups: ['complaints', 'acuity', 'motility', 'refraction', 'pupils', 'senses'],
    rows: ['lids', 'lacrimal', 'conjunctiva', 'cornea', 'iris', 'lens', 'disc', 'macula', 'periphery'],
  },
  { name: 'Refraction only', kind: 'refraction', groups: ['acuity', 'refraction'], rows: ['cornea', 'lens'] },
  {
    name: 'Camp',
    kind: 'camp',
    groups: ['complaints', 'acuity', 'pressure'],
    rows: ['lids', 'lacrimal', 'cornea', 'lens', 'cup', 'macula'],
  },
];
