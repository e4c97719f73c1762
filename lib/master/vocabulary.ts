/** Words that the master database and the product share. Pure: used in the browser too. */
export const PLAN_IDS = ['starter', 'professional', 'enterprise'] as const;
export type PlanId = (typeof PLAN_IDS)[number];

export const ORGANIZATION_STATES = [
  'requested',
  'pending_payment',
  'provisioning',
  'active',
  'past_due',
  'read_only',
  'suspended',
  'canceled',
  'offboarding',
  'deleted',
] as const;
export type OrganizationState = (typeof ORGANIZATION_STATES)[number];

export const STAFF_ROLES = [
  'owner',
  'admin',
  'doctor',
  'optometrist',
  'receptionist',
  'pharmacist',
  'cashier',
] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

/** The company's people; what each may do is in lib/auth/platform-permissions.ts. */
export const PLATFORM_ROLES = ['owner', 'support', 'finance', 'engineer', 'read-only'] as const;
export type PlatformRole = (typeof PLATFORM_ROLES)[number];

/** What became of a mail: waiting, taken by the mail server, not taken, returned later. */
export const MAIL_STATES = ['queued', 'sent', 'delayed', 'refused', 'bounced', 'failed'] as const;
export type DeliveryState = (typeof MAIL_STATES)[number];

/** What may be attached to a ticket. */
export const ATTACHMENT_TYPE_IDS = [
  'image/png',
  'image/jpeg',
  'image/webp',
  'application/pdf',
  'text/plain',
] as const;
export type AttachmentType = (typeof ATTACHMENT_TYPE_IDS)[number];

/**
 * What an organization is for. A template is made of invented people and is the only one that is ever copied.
 */
export const ORGANIZATION_PURPOSES = ['customer', 'template', 'demo', 'sandbox'] as const;
export type OrganizationPurpose = (typeof ORGANIZATION_PURPOSES)[number];

/** Where organizations' databases can live. */
export const PROVIDERS = ['self-hosted', 'atlas', 'aws-documentdb', 'azure-documentdb', 'external'] as const;
export type ProviderName = (typeof PROVIDERS)[number];

/** What an operation on an organization's database keeps people from: nothing, writing, or coming in. */
export const HOLD_MODES = ['none', 'read_only', 'closed'] as const;
export type HoldMode = (typeof HOLD_MODES)[number];

/** Long pieces of work on one organization; each is a row with its own steps. */
export const OPERATION_KINDS = [
  'backup',
  'restore',
  'reset',
  'move',
  'undo',
  'rotate',
  'export',
  'offboard',
] as const;
export type OperationKind = (typeof OPERATION_KINDS)[number];

/** In the order they are taken; the state is the last one finished. */
export const PROVISIONING_STEPS = [
  'requested',
  'placed',
  'database_ready',
  'user_ready',
  'connected',
  'migrated',
  'seeded',
  'keys_created',
  'verified',
  'active',
] as const;
export type ProvisioningStep = (typeof PROVISIONING_STEPS)[number];
