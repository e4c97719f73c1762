import { expect, it } from 'vitest';
import type { Order } from './orders';
import type { Assessment } from './policy';
import { latestOrders } from './shown';

const asked = (what: string, kind: Order['kind'] = 'investigation'): Order => ({
  what,
  kind,
  side: 'none',
  urgency: 'routine',
});
const visit = (orders?: Order[]): { assessment: Assessment } => ({
  assessment: { diagnoses: [], findings: {}, ...(orders ? { orders } : {}) },
});

it('names the investigations of the last five visits, each once, without procedures', () => {
  const visits = [
    visit([asked('OCT'), asked('YAG', 'procedure')]),
    visit(),
    visit([asked('Visual field'), asked('OCT')]),
    visit([]),
    visit([asked('Biometry')]),
    visit([asked('Topography')]),
  ];
  expect(latestOrders(visits)).toEqual(['OCT', 'Visual field', 'Biometry']);
  expect(latestOrders([])).toEqual([]);
});
