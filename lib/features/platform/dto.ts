import 'server-only';
import type { InferSchemaType, Types } from 'mongoose';
import type { organizationModel } from '@/lib/master/models/organization';
import type { platformAuditModel } from '@/lib/master/models/audit-event';
import type { stripeEventModel } from '@/lib/master/models/stripe-event';
import { monthlyCents } from '../billing/policy';
import { withoutCredentials } from './policy';
