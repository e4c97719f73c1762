import type { ConsultationKind, ServiceGroup } from './policy';

type Entry = {
  code: string;
  name: string;
  group: ServiceGroup;
  taxClass: string;
  consultation?: ConsultationKind;
};

const of =
  (group: ServiceGroup) =>
  (code: string, name: string): Entry => ({ code, name, group, taxClass: 'health' });
const test = of('test');
const laser = of('laser');
const injection = of('injection');
const procedure = of('procedure');
const surgery = of('surgery');

/** What most eye hospitals bill. Without prices: those are for each to say. */
export const STARTER_SERVICES: readonly Entry[] = [
  { ...of('consultation')('CONS-NEW', 'Consultation, new patient'), consultation: 'new' },
  { ...of('consultation')('CONS-REV', 'Consultation, review'), consultation: 'review' },
  { ...of('consultation')('CONS-EMG', 'Consultation, emergency'), consultation: 'emergency' },
  of('other')('REG', 'Registration'),
  test('REFR', 'Refraction'),
  test('IOP', 'Eye pressure (tonometry)'),
  test('GONIO', 'Gonioscopy'),
  test('PACHY', 'Pachymetry'),
  test('FIELD', 'Visual field, both eyes'),
  test('OCT-MAC', 'OCT macula, both eyes'),
  test('OCT-NERVE', 'OCT optic nerve, both eyes'),
  test('FUNDUS', 'Fundus photo, both eyes'),
  test('FFA', 'Fluorescein angiography'),
  test('BIOM', 'Biometry (A-scan)'),
  test('BSCAN', 'B-scan ultrasound'),
  test('TOPO', 'Corneal topography'),
  test('SPEC', 'Specular microscopy'),
  laser('YAG-CAP', 'YAG capsulotomy, one eye'),
  laser('YAG-PI', 'YAG iridotomy, one eye'),
  laser('PRP', 'Pan-retinal laser, one session'),
  injection('IVT', 'Intravitreal injection, procedure'),
  injection('SUBT', 'Subtenon injection'),
  procedure('FB', 'Foreign body removal'),
  procedure('SYR', 'Syringing of tear duct'),
  procedure('CHAL', 'Chalazion, incision and curettage'),
  procedure('SUT', 'Suture removal'),
  surgery('PHACO', 'Cataract surgery, phaco, one eye'),
  surgery('SICS', 'Cataract surgery, small incision, one eye'),
  surgery('TRAB', 'Trabeculectomy, one eye'),
  surgery('PTER', 'Pterygium surgery, one eye'),
  surgery('VIT', 'Vitrectomy, one eye'),
  surgery('DCR', 'Dacryocystorhinostomy, one eye'),
  of('room')('DAYCARE', 'Day care bed'),
  of('certificate')('CERT', 'Medical certificate'),
  of('certificate')('CERT-VIS', 'Certificate of vision'),
];
