export * from './credit-bill';
export * from './refund-advance';
export * from './take-advance';
export * from './take-payment';
