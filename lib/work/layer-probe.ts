export { PLANS } from '../../features/subscription/billing/plans';
