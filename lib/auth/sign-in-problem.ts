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
  SINGLE_SIGN_ON_REQUIRED:
    'Your organization signs in with its own sign-in page. Choose Continue with single sign-on.',
  SSO_EXPIRED: 'That took too long, or began in another browser. Please start again.',
  SSO_UNAVAILABLE:
    'The sign-in page of your organization does not answer. Please try again in a minute, or tell your administrator.',
  SSO_DENIED: 'The sign-in page of your organization did not let you in. Ask your administrator for access.',
  SSO_FAILED:
    'What the sign-in page of your organization answered could not be trusted, so you are not signed in. Please start again; if it stays, tell your administrator.',
  SSO_UNVERIFIED:
    'Your organization has not confirmed your e-mail address. Ask your administrator to confirm it there.',
  SSO_DOMAIN: 'Your e-mail address is not at a domain of this organization. Ask your administrator.',
  SSO_NO_ACCOUNT:
    'You have no account in this organization yet. Ask its owner or an administrator to invite you.',
  SSO_OTHER_PERSON:
    'Your e-mail address belonged to somebody else here before. Ask the owner to remove that account and to invite you.',
  SSO_FULL: 'All staff accounts of your organization are in use. Ask its owner for one more.',
  UNAVAILABLE: 'We cannot reach our database right now. Nothing is lost. Please try again in a minute.',
} as const;

export type SignInProblem = keyof typeof SIGN_IN_PROBLEMS;

export const isSignInProblem = (value: string): value is SignInProblem =>
  Object.hasOwn(SIGN_IN_PROBLEMS, value);
