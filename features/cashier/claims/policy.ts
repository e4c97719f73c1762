import type { Day } from '@/lib/time';

/** First whether the payer will pay, then that it does. */
export const CLAIM_STAGES = { authorization: 'Pre-authorization', claim: 'Claim' } as const;
export type ClaimStage = keyof typeof CLAIM_STAGES;
export const CLAIM_STAGE_IDS = Object.keys(CLAIM_STAGES) as [ClaimStage, ...ClaimStage[]];

export const CLAIM_STATES = {
  draft: 'To be sent',
  sent: 'With the payer',
  queried: 'Payer asks',
  approved: 'Approved',
  rejected: 'Rejected',
  withdrawn: 'Withdrawn',
  settled: 'Settled',
} as const;
export type ClaimState = keyof typeof CLAIM_STATES;
export const CLAIM_STATE_IDS = Object.keys(CLAIM_STATES) as [ClaimState, ...ClaimState[]];

/** Whether the payer pays us, or pays the patient back, who takes our papers along. */
export const CLAIM_MODES = {
  cashless: 'The payer pays us',
  reimbursement: 'The patient is paid back',
} as const;
export type ClaimMode = keyof typeof CLAIM_MODES;
export const CLAIM_MODE_IDS = Object.keys(CLAIM_MODES) as [ClaimMode, ...ClaimMode[]];

/** Who has to do something next. */
export const CLAIM_TURNS = { ours: 'For us to do', payer: 'With the payer', closed: 'Closed' } as const;
export type ClaimTurn = keyof typeof CLAIM_TURNS;
export const CLAIM_TURN_IDS = Object.keys(CLAIM_TURNS) as [ClaimTurn, ...ClaimTurn[]];

type Standing = { stage: ClaimStage; status: ClaimState; mode: ClaimMode };

export function turnOf({ stage, status, mode }: Standing): ClaimTurn {
  if (status === 'settled' || status === 'withdrawn') return 'closed';
  if (mode === 'reimbursement') return status === 'draft' ? 'ours' : 'closed';
  if (status === 'sent') return 'payer';
  if (status === 'approved') return stage === 'claim' ? 'payer' : 'ours';
  return 'ours';
}

type StepRule = {
  label: string;
  from: readonly ClaimState[];
  to: ClaimState;
  /** Only then; else in both stages. */
  stage?: ClaimStage;
  asks: { amount?: string; reference?: string; note?: string; until?: true };
};

/** What can happen to a claim beside money: the loop of asking and answering, in each stage. */
export const CLAIM_STEPS = {
  send: {
    label: 'Send to the payer',
    from: ['draft', 'rejected'],
    to: 'sent',
    asks: { reference: 'Their number, if you have it', note: 'What was sent' },
  },
  query: { label: 'The payer asks', from: ['sent'], to: 'queried', asks: { note: 'What they ask' } },
  answer: { label: 'Answer', from: ['queried'], to: 'sent', asks: { note: 'What was answered' } },
  approve: {
    label: 'Approved',
    from: ['sent', 'queried'],
    to: 'approved',
    asks: { amount: 'Amount approved', reference: 'Number of the approval', note: 'Conditions', until: true },
  },
  reject: { label: 'Rejected', from: ['sent', 'queried'], to: 'rejected', asks: { note: 'Their reason' } },
  enhance: {
    label: 'Ask for more',
    from: ['approved'],
    to: 'sent',
    stage: 'authorization',
    asks: { amount: 'Amount asked for now', note: 'Why' },
  },
  withdraw: {
    label: 'Withdraw',
    from: ['draft', 'sent', 'queried', 'approved', 'rejected'],
    to: 'withdrawn',
    stage: 'authorization',
    asks: { note: 'Why' },
  },
} as const satisfies Record<string, StepRule>;
export type ClaimStep = keyof typeof CLAIM_STEPS;
export const CLAIM_STEP_IDS = Object.keys(CLAIM_STEPS) as [ClaimStep, ...ClaimStep[]];

/** The steps that a claim can take next. Papers for reimbursement are given, and that is all. */
export function stepsOf({ stage, status, mode }: Standing): ClaimStep[] {
  if (mode === 'reimbursement') return status === 'draft' ? ['send'] : [];
  return CLAIM_STEP_IDS.filter((step) => {
    const rule: StepRule = CLAIM_STEPS[step];
    return rule.from.includes(status) && (rule.stage === undefined || rule.stage === stage);
  });
}

/** What became of a claim: these and what is open are the whole, to the last paisa. */
export type ClaimSums = {
  claimedMinor: number;
  receivedMinor: number;
  tdsMinor: number;
  writtenOffMinor: number;
  returnedMinor: number;
};

export const openOf = (sums: ClaimSums): number =>
  sums.claimedMinor - sums.receivedMinor - sums.tdsMinor - sums.writtenOffMinor - sums.returnedMinor;

/** How long ago it was billed. */
export const CLAIM_AGES = [
  { key: 'to30', label: '0 to 30 days', to: 30 },
  { key: 'to60', label: '31 to 60', to: 60 },
  { key: 'to90', label: '61 to 90', to: 90 },
  { key: 'to180', label: '91 to 180', to: 180 },
  { key: 'older', label: 'Over 180', to: Number.POSITIVE_INFINITY },
] as const;
export type ClaimAge = (typeof CLAIM_AGES)[number]['key'];

const DAY_MS = 86_400_000;
const daysSince = (day: Day, today: Day): number =>
  Math.round((Date.parse(today) - Date.parse(day)) / DAY_MS);

export const claimAge = (day: Day, today: Day): ClaimAge =>
  CLAIM_AGES.find(({ to }) => daysSince(day, today) <= to)?.key ?? 'older';

/** Of a choice on a bill: one of the patient's policies, an approval, or a payer without a policy. */
export const PAYER_CHOICE = /^(payer|coverage|claim):([0-9a-f]{24})$/;
