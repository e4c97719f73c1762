export { openStore } from '../../dev/stripe/store';
