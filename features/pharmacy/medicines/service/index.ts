import 'server-only';

export * from './correct';
export * from './formulary';
export * from './holds';
export * from './packs';
export * from './stock';
