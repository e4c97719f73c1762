import { PLATFORM } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';
import type { Figure } from '../schema';

export const FIGURE_WORDS: Record<
  Figure,
  { title: string; description: string; at: string; amount: string }
> = {
  mrr: {
    title: 'Monthly recurring revenue',
    description:
      'Each paying subscription at its price for a month; a yearly one counts a twelfth. Before discounts and taxes.',
    at: 'Paid until',
    amount: 'A month',
  },
  trials: {
    title: 'Trials ending',
    description: 'Within 14 days, the soonest first.',
    at: 'Trial ends',
    amount: 'Price',
  },
  'past-due': {
    title: 'Past due',
    description: 'The last payment failed and Stripe is trying again. Still counted as revenue.',
    at: 'Period ends',
    amount: 'A month',
  },
  renewals: {
    title: 'Upcoming renewals',
    description: 'Within 30 days, the soonest first. Before discounts and taxes.',
    at: 'Renews',
    amount: 'Price',
  },
  'failed-payments': {
    title: 'Failed payments',
    description: 'Attempts that Stripe reported in the last 30 days.',
    at: 'Reported',
    amount: 'Amount',
  },
  new: { title: 'New revenue', description: 'Paid for the first time.', at: 'When', amount: 'A month' },
  expansion: { title: 'Expansion', description: 'Pay more than before.', at: 'When', amount: 'A month' },
  reactivation: {
    title: 'Reactivation',
    description: 'Had ended, and pay again.',
    at: 'When',
    amount: 'A month',
  },
  contraction: { title: 'Contraction', description: 'Pay less than before.', at: 'When', amount: 'A month' },
  churn: { title: 'Churn', description: 'Pay no more.', at: 'When', amount: 'A month' },
};

export const figureHref = (
  figure: Figure,
  query: { currency: string; month?: string; plan?: string },
): string => withQuery(`${PLATFORM.revenue}/${figure}`, query);

export const inPercent = (ratio: number | null): string =>
  ratio === null ? '–' : `${(ratio * 100).toFixed(1)} %`;
