export { keepPlan, previewChange, scheduleChange, upgradeNow } from './change';
export {
  acceptDiscount,
  cancelAtPeriodEnd,
  keepSubscription,
  pauseSubscription,
  resumeRenewal,
  resumeSubscription,
  stopRenewal,
} from './leave';
export { cardPage, noticeReturn, reactivate, retryPayment } from './pay';
