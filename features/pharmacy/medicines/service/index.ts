import 'server-only';

export * from './formulary';
export * from './stock';
