export * from './close-shift';
export * from './deposit-of-shift';
export * from './enter-day';
export { type DrawerMovement, moveThroughShift } from './move-through-shift';
export * from './open-shift';
