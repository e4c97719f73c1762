/** Why a sign-in was refused, and what the person reads. Pure: the login page uses it in the browser. */
export const SIGN_IN_PROBLEMS = {
  WRONG_CREDENTIALS: 'That e-mail and password do not match. Check both and try again.',
  LOCKED:
    'Too many wrong passwords in a row. Wait 15 minutes, or use the link that we have mailed to the address if it has an account.',
  TOO_MANY:
    'Too many people are signing in from your network at this moment. Please try again in a few minutes.',
  SECOND_FACTOR: 'One more step: your second factor.',
  CHALLENGE_EXPIRED: 'That took too long. Please sign in again.',
  MALFORMED: 'Enter your e-mail address and your password.',
  ACCOUNT_DISABLED:
    'Your account has been switched off. Ask the owner of your organization to switch it on again.',
  NO_ORGANIZATION:
    'Your account no longer belongs to an organization. Ask your administrator for a new invitation.',
  EMAIL_UNVERIFIED: 'Please confirm your e-mail address first. We have sent you a new link.',
  ENTERPRISE_REQUESTED:
    'We have your request and will be in touch. You can sign in once your plan is agreed.',
  PAYMENT_PENDING: 'Your organization is signed up, but the payment is not finished yet.',
  PROVISIONING: 'Your payment is in. We are still making your database; this usually takes a few seconds.',
  ORGANIZATION_SUSPENDED:
    'Your organization is suspended because of an unpaid invoice. The owner can pay it to open it again.',
  ORGANIZATION_EXPIRED:
    'The subscription of your organization has ended. Its records are kept; the owner can start it again.',
  ORGANIZATION_CLOSED: 'This organization has been closed.',
  UNAVAILABLE: 'We cannot reach our database right now. Nothing is lost. Please try again in a minute.',
} as const;

export type SignInProblem = keyof typeof SIGN_IN_PROBLEMS;

export const isSignInProblem = (value: string): value is SignInProblem =>
  Object.hasOwn(SIGN_IN_PROBLEMS, value);
