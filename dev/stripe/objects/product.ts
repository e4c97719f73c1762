import type Stripe from 'stripe';
import { newId, nowSeconds } from '../ids';

type ProductFields = Pick<Stripe.Product, 'name'> &
  Partial<
    Pick<Stripe.Product, 'id' | 'active' | 'description' | 'images' | 'metadata' | 'unit_label' | 'url'>
  >;

export function makeProduct(fields: ProductFields): Stripe.Product {
  const now = nowSeconds();
  return {
    id: newId('prod', 14),
    object: 'product',
    active: true,
    created: now,
    default_price: null,
    description: null,
    images: [],
    livemode: false,
    marketing_features: [],
    metadata: {},
    package_dimensions: null,
    shippable: null,
    statement_descriptor: null,
    tax_code: null,
    tax_details: null,
    type: 'service',
    unit_label: null,
    updated: now,
    url: null,
    ...fields,
  };
}
