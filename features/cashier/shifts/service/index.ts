export * from './close-shift';
export * from './deposit-of-shift';
export * from './enter-day';
export { moveThroughShift } from './move-through-shift';
export * from './open-shift';
