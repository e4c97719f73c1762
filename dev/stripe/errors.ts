import type Stripe from 'stripe';

/** An answer of Stripe's that is not 2xx; everything it says reaches the SDK as it would from Stripe. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly body: Omit<Stripe.StripeRawError, 'type'> & { type: string; message: string },
  ) {
    super(body.message);
  }
}

/** 400 with Stripe's type for bad requests. */
export const invalidRequest = (message: string, code?: string, param?: string): ApiError =>
  new ApiError(400, {
    type: 'invalid_request_error',
    message,
    ...(code ? { code } : {}),
    ...(param ? { param } : {}),
  });

/** 404 for an id that names nothing. */
export const resourceMissing = (noun: string, id: string, param = 'id'): ApiError =>
  new ApiError(404, {
    type: 'invalid_request_error',
    code: 'resource_missing',
    message: `No such ${noun}: '${id}'`,
    param,
  });

/** An error whose request did change something, for example a declined charge that counts as an attempt. */
export class KeptError extends ApiError {}

/** 402, as when the bank says no. */
export const cardError = (message: string, code: string, declineCode?: string): ApiError =>
  new ApiError(402, {
    type: 'card_error',
    code,
    message,
    ...(declineCode ? { decline_code: declineCode } : {}),
  });
