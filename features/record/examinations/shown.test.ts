import { expect, it } from 'vitest';
import type { Order } from './orders';
import { latestOrders } from './shown';

const asked = (what: string, kind: Order['kind'] = 'investigation'): Order => ({
  what,
  kind,
  side: 'none',
  urgency: 'routine',
});
const visit = (...orders: Order[]) => ({ assessment: { diagnoses: [], orders } });

it('names the investigations of the last five visits, each once, without procedures', () => {
  const visits = [
    visit(asked('OCT'), asked('YAG', 'procedure')),
    { assessment: { diagnoses: [] } },
    visit(asked('Visual field'), asked('OCT')),
    visit(),
    visit(asked('Biometry')),
    visit(asked('Topography')),
  ];
  expect(latestOrders(visits)).toEqual(['OCT', 'Visual field', 'Biometry']);
  expect(latestOrders([])).toEqual([]);
});
