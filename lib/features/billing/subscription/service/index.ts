export { keepPlan, previewChange, scheduleChange, upgradeNow } from './change';
export {
  acceptDiscount,
  cancelAtPeriodEnd,
  keepSubscription,
  pauseSubscription,
  resumeSubscription,
} from './leave';
export { cardPage, reactivate, retryPayment } from './pay';
