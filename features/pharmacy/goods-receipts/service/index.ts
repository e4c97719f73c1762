import 'server-only';

export * from './pay-supplier';
export * from './receive-goods';
