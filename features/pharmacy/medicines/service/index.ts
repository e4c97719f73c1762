import 'server-only';

export * from './formulary';
export * from './holds';
export * from './packs';
export * from './stock';
