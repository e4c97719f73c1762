import { type Dispensed, owedOf, type PrescriptionLine } from '@/features/record/prescriptions/policy';

export type Signer = { doctorId: string; doctor: string };
type Prescribed = Signer & {
  lines: readonly Pick<PrescriptionLine, 'id' | 'quantity'>[];
  dispensed: Dispensed;
};

type FillRate = Signer & {
  prescriptions: number;
  /** Lines that were given whole, in part, and not at all. */
  lines: number;
  whole: number;
  part: number;
  nothing: number;
  /** Pieces that are still owed or were never fetched. */
  open: number;
};

/** What became of the lines that each doctor has prescribed. */
export function fillRatesOf(prescribed: readonly Prescribed[]): FillRate[] {
  const rates = new Map<string, FillRate>();
  for (const { doctorId, doctor, lines, dispensed } of prescribed) {
    const rate = rates.get(doctorId) ?? {
      ...{ doctorId, doctor, prescriptions: 0, lines: 0, whole: 0, part: 0, nothing: 0, open: 0 },
    };
    rate.prescriptions += 1;
    for (const line of lines) {
      const given = dispensed[line.id]?.given ?? 0;
      rate.lines += 1;
      rate[given >= line.quantity ? 'whole' : given > 0 ? 'part' : 'nothing'] += 1;
      rate.open += owedOf(line, dispensed);
    }
    rates.set(doctorId, rate);
  }
  return [...rates.values()];
}

/** What was billed of what was handed out, before tax and without credits; null where a cost is not known. */
export type DoctorMoney = { billedMinor: number; costMinor: number | null };
export type DoctorDay = FillRate & DoctorMoney;

export const NOTHING_FILLED: Omit<FillRate, keyof Signer> = {
  ...{ prescriptions: 0, lines: 0, whole: 0, part: 0, nothing: 0, open: 0 },
};

/** Days of doctors, added up: who earned the most first. */
export function sumDoctors(days: readonly (readonly DoctorDay[])[]) {
  const sums = new Map<string, DoctorDay>();
  for (const one of days.flat()) {
    const sum = sums.get(one.doctorId) ?? {
      ...{ doctorId: one.doctorId, doctor: one.doctor, ...NOTHING_FILLED, billedMinor: 0, costMinor: 0 },
    };
    sums.set(one.doctorId, sum);
    for (const part of ['prescriptions', 'lines', 'whole', 'part', 'nothing', 'open', 'billedMinor'] as const)
      sum[part] += one[part];
    sum.costMinor = sum.costMinor === null || one.costMinor === null ? null : sum.costMinor + one.costMinor;
  }
  return [...sums.values()]
    .map((sum) => ({ ...sum, marginMinor: sum.costMinor === null ? null : sum.billedMinor - sum.costMinor }))
    .sort((a, b) => b.billedMinor - a.billedMinor || a.doctor.localeCompare(b.doctor));
}
export type DoctorFigure = ReturnType<typeof sumDoctors>[number];

/** In percent, rounded; null where nothing was prescribed. */
export const wholeShare = ({ lines, whole }: Pick<FillRate, 'lines' | 'whole'>): number | null =>
  lines === 0 ? null : Math.round((whole / lines) * 100);
