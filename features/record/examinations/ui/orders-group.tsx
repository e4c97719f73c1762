'use client';
import { useState } from 'react';
import { useFormState } from '@/components/forms/form-context';
import { FormField, FormSelect } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { optionsOf } from '@/components/ui/select';
import { orderField } from '../fields';
import {
  INVESTIGATIONS,
  MOST_ORDERS,
  ORDER_KINDS,
  type Order,
  type OrderKind,
  PROCEDURES,
  URGENCIES,
} from '../orders';
import { SIDE_LABEL } from '../policy';
import { Group } from './sheet';

const CHOICES = { investigation: INVESTIGATIONS, procedure: PROCEDURES } as const;
const ADD = { investigation: 'Order an investigation', procedure: 'Advise a procedure' } as const;
const sides = optionsOf(SIDE_LABEL);

/** What shall be done: investigations and procedures, each with its eye and how soon. */
export function OrdersGroup({ orders }: { orders: readonly Order[] }) {
  return (
    <div className="grid gap-4">
      {(Object.keys(ORDER_KINDS) as OrderKind[]).map((kind) => (
        <OrdersOfKind key={kind} kind={kind} orders={orders.filter((one) => one.kind === kind)} />
      ))}
    </div>
  );
}

function OrdersOfKind({ kind, orders }: { kind: OrderKind; orders: readonly Order[] }) {
  const { valueFor } = useFormState();
  const [count, setCount] = useState(() => {
    const numbers = Array.from({ length: MOST_ORDERS }, (_, at) => at + 1);
    const kept = numbers.findLast((index) => valueFor(orderField(kind, index, 'what'))) ?? 0;
    return Math.max(orders.length, kept);
  });
  const label = ORDER_KINDS[kind];
  const add = count < MOST_ORDERS && (
    <div>
      <Button size="sm" onClick={() => setCount(count + 1)}>
        <Icon of="plus" /> {ADD[kind]}
      </Button>
    </div>
  );
  if (count === 0) return add;
  return (
    <Group legend={`${label}s`}>
      <datalist id={`${kind}-choices`}>
        {CHOICES[kind].map((text) => (
          <option key={text} value={text} />
        ))}
      </datalist>
      {Array.from({ length: count }, (_, at) => at + 1).map((index) => {
        const order = orders[index - 1];
        return (
          <fieldset key={index} className="grid min-w-0 grid-cols-2 gap-2 sm:grid-cols-[2fr_1fr_1fr_2fr]">
            <legend className="sr-only">
              {label} {index}
            </legend>
            <FormField
              name={orderField(kind, index, 'what')}
              label={label}
              list={`${kind}-choices`}
              autoComplete="off"
              autoFocus={index > orders.length}
              maxLength={120}
              defaultValue={order?.what ?? ''}
            />
            <FormSelect
              name={orderField(kind, index, 'side')}
              label="Eye"
              placeholder="Which eye"
              options={sides}
              defaultValue={order?.side ?? ''}
            />
            <FormSelect
              name={orderField(kind, index, 'urgency')}
              label="How soon"
              options={optionsOf(URGENCIES)}
              defaultValue={order?.urgency ?? 'routine'}
            />
            <FormField
              name={orderField(kind, index, 'reason')}
              label="Why"
              autoComplete="off"
              maxLength={200}
              defaultValue={order?.reason ?? ''}
            />
          </fieldset>
        );
      })}
      {add}
    </Group>
  );
}
