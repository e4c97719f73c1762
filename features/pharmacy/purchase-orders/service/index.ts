export * from './decide-order';
export * from './mail-order';
export * from './note-received';
export * from './save-order';
