/** Diagnoses of an eye clinic by their codes of ICD-10 (WHO). The eye is kept beside the code, not in it. */
const DIAGNOSES = {
  'B30.9': 'Viral conjunctivitis',
  'E05.0': 'Thyroid eye disease',
  'H00.0': 'Stye',
  'H00.1': 'Chalazion',
  'H01.0': 'Blepharitis',
  'H02.0': 'Entropion and trichiasis',
  'H02.1': 'Ectropion',
  'H02.4': 'Ptosis',
  'H04.1': 'Dry eye',
  'H04.3': 'Dacryocystitis',
  'H04.5': 'Obstruction of the tear duct',
  'H10.1': 'Allergic conjunctivitis',
  'H10.3': 'Acute conjunctivitis',
  'H10.4': 'Chronic conjunctivitis',
  'H11.0': 'Pterygium',
  'H11.3': 'Subconjunctival haemorrhage',
  'H15.0': 'Scleritis',
  'H15.1': 'Episcleritis',
  'H16.0': 'Corneal ulcer',
  'H16.9': 'Keratitis',
  'H17.9': 'Corneal scar',
  'H18.1': 'Bullous keratopathy',
  'H18.5': 'Corneal dystrophy',
  'H18.6': 'Keratoconus',
  'H20.0': 'Acute anterior uveitis',
  'H20.1': 'Chronic anterior uveitis',
  'H25.0': 'Incipient senile cataract',
  'H25.1': 'Nuclear cataract',
  'H25.2': 'Hypermature cataract',
  'H25.9': 'Senile cataract',
  'H26.0': 'Cataract in childhood',
  'H26.1': 'Traumatic cataract',
  'H26.2': 'Complicated cataract',
  'H26.4': 'After-cataract',
  'H27.0': 'Aphakia',
  'H30.9': 'Posterior uveitis',
  'H33.0': 'Retinal detachment',
  'H34.1': 'Central retinal artery occlusion',
  'H34.8': 'Retinal vein occlusion',
  'H35.0': 'Hypertensive retinopathy',
  'H35.1': 'Retinopathy of prematurity',
  'H35.3': 'Macular degeneration',
  'H35.5': 'Retinitis pigmentosa',
  'H35.7': 'Central serous retinopathy',
  'H35.8': 'Macular oedema',
  'H36.0': 'Diabetic retinopathy',
  'H40.0': 'Glaucoma suspect',
  'H40.1': 'Open-angle glaucoma',
  'H40.2': 'Angle-closure glaucoma',
  'H40.5': 'Secondary glaucoma',
  'H43.1': 'Vitreous haemorrhage',
  'H43.8': 'Vitreous floaters',
  'H44.0': 'Endophthalmitis',
  H46: 'Optic neuritis',
  'H47.1': 'Papilloedema',
  'H47.2': 'Optic atrophy',
  'H49.9': 'Paralytic squint',
  'H50.0': 'Convergent squint',
  'H50.1': 'Divergent squint',
  'H52.0': 'Hypermetropia',
  'H52.1': 'Myopia',
  'H52.2': 'Astigmatism',
  'H52.4': 'Presbyopia',
  'H53.0': 'Amblyopia',
  'H53.6': 'Night blindness',
  H55: 'Nystagmus',
  'H57.1': 'Pain of the eye',
  'H57.9': 'Other disorder of the eye',
  'S05.0': 'Corneal abrasion',
  'S05.9': 'Injury of the eye',
  'T15.0': 'Foreign body in the cornea',
  'T26.6': 'Chemical burn of the eye',
  'Z01.0': 'Eyes without a finding',
  'Z96.1': 'Pseudophakia',
} as const satisfies Record<string, string>;

export type DiagnosisCode = keyof typeof DIAGNOSES;
export const DIAGNOSIS_CODES = Object.keys(DIAGNOSES) as [DiagnosisCode, ...DiagnosisCode[]];

const NAMES: Readonly<Record<string, string>> = DIAGNOSES;
/** The words for a code; a code that the list no longer has speaks for itself. */
export const diagnosisName = (code: string): string => (Object.hasOwn(NAMES, code) && NAMES[code]) || code;

/** Diagnoses that hold all typed words, by name or by code. */
export function findDiagnoses(typed: string): { code: DiagnosisCode; name: string }[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return DIAGNOSIS_CODES.map((code) => ({ code, name: DIAGNOSES[code] }))
    .filter(({ code, name }) => words.every((word) => `${name} ${code}`.toLowerCase().includes(word)))
    .sort((a, b) => a.name.localeCompare(b.name));
}
