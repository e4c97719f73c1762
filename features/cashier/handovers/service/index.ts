export { acceptHandover } from './accept-handover';
export { refuseHandover, withdrawHandover } from './answer-handover';
export { giveDrawer } from './give-drawer';
