import * as dispenses from '@/features/dispensary/dispenses/actions';
import { toDispense } from '@/features/dispensary/dispenses/dto';
import { dispenseModel } from '@/features/dispensary/dispenses/model';
import * as addressees from '@/features/record/addressees/actions';
import { addresseeModel } from '@/features/record/addressees/model';
import * as contactLenses from '@/features/record/contact-lenses/actions';
import { contactLensesModel } from '@/features/record/contact-lenses/model';
import * as devices from '@/features/record/devices/actions';
import * as examinations from '@/features/record/examinations/actions';
import { DIAGNOSIS_CODES } from '@/features/record/examinations/diagnoses';
import * as findingSets from '@/features/record/finding-sets/actions';
import { findingSetModel } from '@/features/record/finding-sets/model';
import * as letters from '@/features/record/letters/actions';
import { letterModel } from '@/features/record/letters/model';
import * as prescriptions from '@/features/record/prescriptions/actions';
import { prescriptionModel, prescriptionSetModel } from '@/features/record/prescriptions/model';
import { getPrescription } from '@/features/record/prescriptions/queries';
import * as spectacles from '@/features/record/spectacles/actions';
import { spectaclesModel } from '@/features/record/spectacles/model';
import * as templates from '@/features/record/templates/actions';
import { templateModel } from '@/features/record/templates/model';
import { newObjectId } from '@/lib/mongo';
import { aLine, aRegistration, sheetOf } from '@/tests/builders/prescription';
import { ctx, type Fields, idOf, patientId, type Step, visitId } from './scene';

const prescriptionId = async () => idOf(await prescriptionModel(ctx()).findOne().sort({ _id: -1 }).lean());

/** The sheet of the visit, by the owner, who may sign. */
async function prescriptionFields(): Promise<Fields> {
  return {
    visitId: await visitId(),
    version: '0',
    requestKey: newObjectId().toString(),
    sheet: sheetOf([aLine()]),
  };
}

/** That the patient has it already: something to write without anything on the shelf. */
async function dispenseFields(): Promise<Fields> {
  const prescription = await getPrescription(ctx(), await prescriptionId());
  const lines = prescription.lines.map(({ id }) => ({
    lineId: id,
    quantity: 0,
    notDispensedReason: 'Has it',
  }));
  const facts = { prescriptionId: prescription.id, version: '2', requestKey: newObjectId().toString() };
  return { ...facts, lines: JSON.stringify(lines) };
}

async function signFields(): Promise<Fields> {
  await aRegistration(ctx(), 'TN 1');
  return { ...(await prescriptionFields()), prescriptionId: await prescriptionId(), version: '1' };
}

export const EXAMINATION: Step[] = [
  [
    'is measured',
    examinations.measureAction,
    async () => ({ visitId: await visitId(), version: '0', 'subjective-right-sphere': '-1.25' }),
  ],
  [
    'a refractometer’s file is taken over',
    devices.acceptReadingsAction,
    async () => ({
      visitId: await visitId(),
      version: '1',
      content: '<Data><Company>N</Company><R><AR><ARMedian><Sphere>-1.25</Sphere></ARMedian></AR></R></Data>',
      'chosen[]': ['0:right'],
      isConfirmed: 'on',
    }),
  ],
  [
    'is assessed',
    examinations.assessAction,
    async () => ({ visitId: await visitId(), version: '0', 'diagnoses[]': [`${DIAGNOSIS_CODES[0]}:right`] }),
  ],
  [
    'a problem is over',
    examinations.resolveProblemAction,
    async () => ({ patientId: await patientId(), key: String(DIAGNOSIS_CODES[0]), isResolved: 'yes' }),
  ],
  ['is signed', examinations.signExaminationAction, async () => ({ visitId: await visitId(), version: '1' })],
  ['gets a prescription', prescriptions.savePrescriptionAction, prescriptionFields],
  ['which is signed', prescriptions.signPrescriptionAction, signFields],
  ['part of which is given', dispenses.dispensePrescriptionAction, dispenseFields],
  [
    'with advice',
    dispenses.counselAction,
    async () => {
      const row = await dispenseModel(ctx()).findOne().orFail().lean();
      return { dispenseId: idOf(row), version: toDispense(row).version, note: 'Shake', isTaughtBack: 'on' };
    },
  ],
  [
    'and void again',
    prescriptions.voidPrescriptionAction,
    async () => ({ prescriptionId: await prescriptionId(), version: '2', reason: 'Wrong eye' }),
  ],
  [
    'gets glasses',
    spectacles.prescribeSpectaclesAction,
    async () => ({
      visitId: await visitId(),
      version: '0',
      requestKey: newObjectId().toString(),
      advice: 'glasses',
      kind: 'distance',
      'right-sphere': '-1.25',
      'left-sphere': 'balance',
    }),
  ],
  [
    'which are made otherwise',
    spectacles.noteMadeGlassesAction,
    async () => ({
      spectaclesId: idOf(await spectaclesModel(ctx()).findOne({ isVoid: false }).lean()),
      version: '0',
      reason: 'No stock of this index',
      kind: 'distance',
      'right-sphere': '-1.25',
      'left-sphere': 'balance',
    }),
  ],
  [
    'and are not made after all',
    spectacles.answerGlassesAction,
    async () => ({
      spectaclesId: idOf(await spectaclesModel(ctx()).findOne({ isVoid: false }).lean()),
      version: '1',
      outcome: 'not-made',
      reason: 'Bought elsewhere',
    }),
  ],
  [
    'which are void',
    spectacles.voidSpectaclesAction,
    async () => ({
      spectaclesId: idOf(await spectaclesModel(ctx()).findOne({ isVoid: false }).lean()),
      reason: 'Wrong eye',
    }),
  ],
  [
    'gets contact lenses',
    contactLenses.prescribeContactLensesAction,
    async () => ({
      visitId: await visitId(),
      version: '0',
      requestKey: newObjectId().toString(),
      replacement: 'monthly',
      'right-curve': '8.6',
      'right-diameter': '14.2',
      'right-sphere': '-2',
    }),
  ],
  [
    'which are void, too',
    contactLenses.voidContactLensesAction,
    async () => ({
      contactLensesId: idOf(await contactLensesModel(ctx()).findOne({ isVoid: false }).lean()),
      reason: 'Wrong curve',
    }),
  ],
  [
    'is given a certificate',
    letters.signLetterAction,
    async () => ({
      visitId: await visitId(),
      version: '0',
      requestKey: newObjectId().toString(),
      kind: 'leave',
      from: '2026-11-29',
      until: '2026-12-01',
    }),
  ],
  [
    'which is void',
    letters.voidLetterAction,
    async () => ({
      letterId: idOf(await letterModel(ctx()).findOne({ isVoid: false }).lean()),
      reason: 'Wrong days',
    }),
  ],
  ['an addressee is kept', addressees.saveAddresseeAction, () => ({ name: 'Dr Asha Rao' })],
  [
    'and deleted',
    addressees.deleteAddresseeAction,
    async () => ({ addresseeId: idOf(await addresseeModel(ctx()).findOne({}).lean()) }),
  ],
  ['sets of medicines are begun with', prescriptions.addStarterSetsAction, () => ({})],
  [
    'one is written',
    prescriptions.savePrescriptionSetAction,
    () => ({ name: 'Own set', owner: 'me', lines: 'moxi 0.5 qid 1w' }),
  ],
  [
    'and deleted',
    prescriptions.deletePrescriptionSetAction,
    async () => ({ setId: idOf(await prescriptionSetModel(ctx()).findOne({ name: 'Own set' }).lean()) }),
  ],
  [
    'findings are named',
    findingSets.saveFindingSetAction,
    () => ({ name: 'Own findings', owner: 'me', 'found-lens': 'PCIOL' }),
  ],
  [
    'and those are deleted',
    findingSets.deleteFindingSetAction,
    async () => ({ setId: idOf(await findingSetModel(ctx()).findOne({}).lean()) }),
  ],
  ['templates of the sheet are begun with', templates.addStarterTemplatesAction, () => ({})],
  [
    'one of them is written',
    templates.saveTemplateAction,
    () => ({ name: 'Own sheet', kind: 'camp', owner: 'me', 'groups[]': ['acuity'], 'rows[]': ['lens'] }),
  ],
  [
    'and that is deleted',
    templates.deleteTemplateAction,
    async () => ({ templateId: idOf(await templateModel(ctx()).findOne({ name: 'Own sheet' }).lean()) }),
  ],
];
