export * from './reverse-settlement';
export * from './settle-claims';
