/**
 * Fields that the SDK's types have and the public specification in stripe-mock, a release older, has not. The
 * compiler holds them against the SDK's types; an entry that nothing needs any more fails the test.
 */
export const NEWER_FIELDS: readonly string[] = [
  'account/settings/payments/statement_descriptor_prefix_kana',
  'account/settings/payments/statement_descriptor_prefix_kanji',
  'billing_portal.session/flow/subscription_pause',
  'charge/payment_method_details/card/electronic_commerce_indicator',
  'charge/source',
  'checkout.session/allowed_payment_method_types',
  'dispute/evidence_details/submission_method',
  'dispute/intended_submission_method',
  'payment_intent/payment_record',
  'payment_intent/source',
  'price/recurring/trial_period_days',
  'product/tax_details',
  'product/type',
  'subscription/trial_settings/end_behavior/billing_cycle_anchor',
  'subscription_item/current_trial',
  'subscription_item/plan',
  'subscription_schedule/pause_schedules',
  'subscription_schedule/phases/items/plan',
];

/** The same for parameters, by route. */
export const NEWER_PARAMETERS: Record<string, readonly string[]> = {
  'POST /v1/subscriptions/:id': ['billing_cycle_anchor[type]'],
  // Its values are the versions of the interface, and the SDK's own came after the mock.
  'POST /v1/webhook_endpoints': ['api_version'],
};
