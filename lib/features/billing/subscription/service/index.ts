export { keepPlan, previewChange, scheduleChange, upgradeNow } from './change';
export {
  acceptDiscount,
  cancelAtPeriodEnd,
  keepSubscription,
  pauseSubscription,
  resumeSubscription,
} from './leave';
export { cardPage, noticeReturn, reactivate, retryPayment } from './pay';
