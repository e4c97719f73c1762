import { z } from 'zod';

const key32 = z
  .string()
  .refine(
    (value) => Buffer.from(value, 'base64').length === 32,
    'must be 32 bytes in base64 (openssl rand -base64 32)',
  );

/** Asked of the runtime: its list of zones is the one that is used. */
function isZone(value: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return true;
  } catch {
    return false;
  }
}

/** Comma-separated. */
const words = z
  .string()
  .default('')
  .transform((value) =>
    value
      .split(',')
      .map((one) => one.trim())
      .filter(Boolean),
  );

const schema = z
  .object({
    NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
    NEXTAUTH_URL: z.url('must be the address people open, such as https://app.example.com'),
    NEXTAUTH_SECRET: z.string().min(32, 'must have at least 32 characters'),
    KEY_ENCRYPTION_KEY: key32,
    /**
     * Former values of KEY_ENCRYPTION_KEY, comma-separated, until `npm run keys -- rotate` has run
     * everywhere.
     */
    KEY_ENCRYPTION_KEYS_RETIRED: words.pipe(z.array(key32)),
    MONGODB_URI: z.string().regex(/^mongodb(\+srv)?:\/\//, 'must start with mongodb:// or mongodb+srv://'),
    /** The provisioner's credential (may create users); the web processes then need less. */
    PROVISIONER_MONGODB_URI: z
      .string()
      .regex(/^mongodb(\+srv)?:\/\//)
      .optional(),
    /**
     * Further cells, separated by spaces: `cell-2=mongodb://provisioner:...@host/?replicaSet=rs0 cell-3=...`.
     */
    CELL_URIS: z
      .string()
      .default('')
      .transform((value) => value.split(/\s+/).filter(Boolean))
      .pipe(
        z.array(
          z
            .string()
            .regex(/^[a-z][a-z0-9-]{1,30}=mongodb(\+srv)?:\/\/\S+$/, 'must look like cell-2=mongodb://...')
            .transform((one): [string, string] => [
              one.slice(0, one.indexOf('=')),
              one.slice(one.indexOf('=') + 1),
            ]),
        ),
      ),
    /** Databases that wait for hospitals that have not paid yet, on the shared cells. */
    PREPARED_DATABASES: z.coerce.number().int().min(0).max(100).default(0),
    /**
     * Collections + indexes that a cell may hold; the manual's edge of one replica set. Placing stops at 80
     * %.
     */
    CELL_MAX_FILES: z.coerce.number().int().min(100).default(100_000),
    /** Without these two a cell is limited by its files alone. */
    CELL_MAX_STORAGE_GB: z.coerce.number().min(1).optional(),
    CELL_MAX_CONNECTIONS: z.coerce.number().int().min(10).optional(),
    /**
     * A service account of the Atlas Admin API; with it Enterprise organizations get a cluster of their own.
     */
    ATLAS_CLIENT_ID: z.string().min(1).optional(),
    ATLAS_CLIENT_SECRET: z.string().min(1).optional(),
    ATLAS_ORGANIZATION_ID: z
      .string()
      .regex(/^[0-9a-f]{24}$/, 'must be the 24-digit id of the Atlas organization')
      .optional(),
    ATLAS_BASE_URL: z.url().default('https://cloud.mongodb.com'),
    /** Projects are named `<prefix>-1`, `<prefix>-2`: one is full at 25 clusters. */
    ATLAS_PROJECT_PREFIX: z
      .string()
      .regex(/^[a-z][a-z0-9-]{1,40}$/)
      .default('chakravue'),
    ATLAS_TIER: z.enum(['dedicated', 'flex']).default('dedicated'),
    ATLAS_INSTANCE: z
      .string()
      .regex(/^[MR]\d{2,3}$/)
      .default('M10'),
    ATLAS_MAX_INSTANCE: z
      .string()
      .regex(/^[MR]\d{2,3}$/)
      .default('M40'),
    /** In the order they are tried when one has no capacity: `AWS:AP_SOUTH_1,AWS:AP_SOUTHEAST_1`. */
    ATLAS_REGIONS: z
      .string()
      .default('AWS:US_EAST_1')
      .transform((value) => value.split(',').map((one) => one.trim()))
      .pipe(
        z.array(
          z
            .string()
            .regex(/^(AWS|AZURE|GCP):[A-Z0-9_]+$/, 'must look like AWS:AP_SOUTH_1')
            .transform((one) => {
              const [providerName = '', regionName = ''] = one.split(':');
              return { providerName: z.enum(['AWS', 'AZURE', 'GCP']).parse(providerName), regionName };
            }),
        ),
      ),
    /** Our own outgoing addresses, such as 203.0.113.7/32; nothing else reaches the clusters. */
    ATLAS_ACCESS_CIDRS: words.pipe(z.array(z.cidrv4('must be blocks such as 203.0.113.7/32'))),
    /** `standard` where the resolver has no SRV records. */
    ATLAS_CONNECTION: z.enum(['srv', 'standard']).default('srv'),
    /**
     * With it organizations can be moved to clusters of their own at Amazon DocumentDB; credentials as
     * everywhere at AWS.
     */
    AWS_DOCUMENTDB_REGION: z.string().min(3).optional(),
    AWS_DOCUMENTDB_ENDPOINT: z.url().optional(),
    AWS_DOCUMENTDB_ENGINE: z.string().default('5.0.0'),
    AWS_DOCUMENTDB_INSTANCE_CLASS: z.string().default('db.t4g.medium'),
    AWS_DOCUMENTDB_INSTANCES: z.coerce.number().int().min(1).max(16).default(3),
    AWS_DOCUMENTDB_SUBNET_GROUP: z.string().optional(),
    AWS_DOCUMENTDB_SECURITY_GROUPS: words,
    /** Amazon's bundle of certificate authorities; without it connections are not encrypted. */
    AWS_DOCUMENTDB_CA_FILE: z.string().optional(),
    /**
     * With it organizations can be moved to clusters of their own at Azure DocumentDB; credentials as
     * everywhere at Azure.
     */
    AZURE_DOCUMENTDB_SUBSCRIPTION: z.string().min(3).optional(),
    AZURE_DOCUMENTDB_ENDPOINT: z.url().optional(),
    AZURE_DOCUMENTDB_RESOURCE_GROUP: z.string().default('chakravue'),
    AZURE_DOCUMENTDB_LOCATION: z.string().default('centralindia'),
    AZURE_DOCUMENTDB_TIER: z.string().default('M30'),
    AZURE_DOCUMENTDB_STORAGE_GB: z.coerce.number().int().min(32).default(128),
    AZURE_DOCUMENTDB_VERSION: z.string().default('8.0'),
    AZURE_DOCUMENTDB_HIGH_AVAILABILITY: z
      .enum(['ZoneRedundantPreferred', 'SameZone', 'Disabled'])
      .default('ZoneRedundantPreferred'),
    /** Our own outgoing addresses; nothing else reaches the clusters. */
    AZURE_DOCUMENTDB_ACCESS_IPS: words.pipe(z.array(z.ipv4('must be addresses such as 203.0.113.7'))),
    MASTER_DATABASE: z
      .string()
      .regex(/^[a-z][a-z0-9_]{2,40}$/)
      .default('chakravue_master'),
    /** Only shown; nothing decides by it. */
    MONGODB_ENGINE: z.string().optional(),
    STRIPE_SECRET_KEY: z.string().startsWith('sk_').or(z.string().startsWith('rk_')).optional(),
    STRIPE_EMULATOR_URL: z.url().optional(),
    STRIPE_WEBHOOK_SECRET: z.string().startsWith('whsec_', 'must start with whsec_'),
    STRIPE_PUBLISHABLE_KEY: z.string().startsWith('pk_').optional(),
    /** ISO 4217, lower case: what is asked where a country's own currency is not sold in. */
    BILLING_CURRENCY: z
      .string()
      .regex(/^[a-z]{3}$/, 'must be a currency such as usd')
      .default('usd'),
    /** Sold in beside it, to organizations of their countries; prices are in billing/price-list.ts. */
    BILLING_CURRENCIES: z
      .string()
      .regex(/^([a-z]{3}(,[a-z]{3})*)?$/, 'must be currencies such as inr,eur')
      .default('usd,inr,eur,gbp,aed')
      .transform((value) => value.split(',').filter(Boolean)),
    /** `on` lets Stripe Tax compute GST/VAT and asks for the customer's tax id. */
    BILLING_TAX: z.enum(['on', 'off']).default('off'),
    /** What India's tax law calls the service, on invoices to India; empty where the seller has no GSTIN. */
    BILLING_SAC: z
      .string()
      .regex(/^(\d{6,8})?$/, 'must be a service accounting code of six to eight digits, such as 997331')
      .default('997331'),
    /** Days after the first declined payment. */
    BILLING_READ_ONLY_DAYS: z.coerce.number().int().min(1).max(365).default(7),
    BILLING_SUSPEND_DAYS: z.coerce.number().int().min(1).max(365).default(21),
    BILLING_CANCEL_DAYS: z.coerce.number().int().min(1).max(730).default(60),
    /**
     * A bucket of S3 or of a store that speaks its protocol (S3_ENDPOINT); without one, files are in
     * FILES_FOLDER.
     */
    S3_BUCKET: z.string().min(3).max(63).optional(),
    S3_ENDPOINT: z.url().optional(),
    S3_REGION: z.string().default('us-east-1'),
    S3_ACCESS_KEY_ID: z.string().optional(),
    S3_SECRET_ACCESS_KEY: z.string().optional(),
    FILES_FOLDER: z.string().default('.data/files'),
    SMTP_URL: z.string().regex(/^smtps?:\/\//, 'must start with smtp:// or smtps://'),
    /**
     * Where replies by mail go, handed to /api/tickets/inbound; without it people answer on the page only.
     */
    SUPPORT_EMAIL: z.email().optional(),
    /** What the mail server sends along as `Authorization: Bearer`; without it no mail is taken in. */
    SUPPORT_INBOUND_SECRET: z.string().min(16).optional(),
    /** When the company answers, Monday to Friday, on the clock of SUPPORT_TIME_ZONE. */
    SUPPORT_HOURS: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/, 'must look like 09:00-17:00')
      .default('09:00-17:00')
      .transform((value) => ({ from: value.slice(0, 5), to: value.slice(6) }))
      .refine(({ from, to }) => from < to, 'must end after it begins'),
    SUPPORT_TIME_ZONE: z
      .string()
      .refine(isZone, 'must be a time zone such as Asia/Kolkata')
      .default('Asia/Kolkata'),
    MAIL_FROM: z.string().default('Chakravue <no-reply@chakravue.test>'),
    PLATFORM_ADMIN_EMAIL: z.email().optional(),
    PLATFORM_ADMIN_PASSWORD: z.string().min(12).optional(),
    /** The audit logs' ends are written outside their databases at most this often. */
    AUDIT_ANCHOR_SECONDS: z.coerce.number().int().min(0).max(86_400).default(60),
    /** Also appended to this file, one JSON line each, and posted to this address. */
    AUDIT_ANCHOR_FILE: z.string().optional(),
    AUDIT_ANCHOR_URL: z.url().optional(),
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
    /** Asked for the DNS records that prove a domain, comma-separated; the machine's own otherwise. */
    DNS_SERVERS: words,
    /**
     * `on` where hospitals' identity providers are on private addresses; on this machine also without https.
     */
    SSO_PRIVATE_ISSUERS: z.enum(['on', 'off']).default('off'),
    /** `on` where customers' own database servers are on private addresses. */
    EXTERNAL_PRIVATE_HOSTS: z.enum(['on', 'off']).default('off'),
    /**
     * `on` does the jobs beside the web; `off` is the web alone, which holds no provisioner's credential;
     * `only` is the worker alone, which answers nothing but its health.
     */
    WORKER: z.enum(['on', 'off', 'only']).default('on'),
    /**
     * `manual`: only `npm run tenants -- migrate` brings organizations to a new schema version, not the
     * worker.
     */
    TENANT_MIGRATIONS: z.enum(['automatic', 'manual']).default('automatic'),
    /**
     * Our proxies in front of the app; 0 when browsers connect directly. Their count decides whose
     * x-forwarded-for is believed.
     */
    TRUSTED_PROXIES: z.coerce.number().int().min(0).max(5).default(0),
    /** Who compresses pages; read by server/front/start.mjs, before the framework starts. */
    COMPRESSION: z.enum(['app', 'proxy']).default('app'),
    /** Multiplies every rate limit except those that guard an account. */
    RATE_LIMIT_SCALE: z.coerce.number().min(0.01).max(10_000).default(1),
    /** Below 200: above it the driver forgets derived keys of all clients at once (docs/decisions/0006). */
    TENANT_CLIENTS_MAX: z.coerce.number().int().min(1).max(1_000).default(150),
    TENANT_HANDLES_MAX: z.coerce.number().int().min(1).max(10_000).default(500),
    /** All clients in use: open one more (`soft`), or answer 503 (`shed`). */
    TENANT_OVERFLOW: z.enum(['soft', 'shed']).default('soft'),
    TENANT_POOL_SIZE: z.coerce.number().int().min(1).max(100).default(5),
    /**
     * Connections of a client that the organizations of a cell share, and how many operations one of them may
     * have on it.
     */
    CELL_POOL_SIZE: z.coerce.number().int().min(1).max(200).default(50),
    TENANT_CONCURRENCY: z.coerce.number().int().min(1).max(100).default(8),
    /** How new organizations on a shared cluster sign in to it; see docs/decisions/0006. */
    CELL_ISOLATION: z.enum(['dedicated-user', 'shared-user']).default('dedicated-user'),
    /** Opens /api/metrics as a bearer token; without it the address does not exist. */
    METRICS_TOKEN: z.string().min(20).optional(),
    /** Backups and exports of the organizations, sealed with their keys. */
    BACKUP_DIR: z.string().default('.data/backups'),
    BACKUP_KEEP_DAYS: z.coerce.number().int().min(1).max(3_650).default(30),
    /** How long the database before a restore or a move is kept, so that it can be undone. */
    OLD_DATABASE_KEEP_DAYS: z.coerce.number().int().min(0).max(365).default(7),
    /** Between an owner's closing of the account and the destruction of its key. */
    OFFBOARD_RETENTION_DAYS: z.coerce.number().min(0).max(3_650).default(30),
    PLACEMENT_CACHE_SECONDS: z.coerce.number().int().min(0).max(30).default(15),
  })
  .refine((value) => value.STRIPE_SECRET_KEY || value.STRIPE_EMULATOR_URL, {
    path: ['STRIPE_SECRET_KEY'],
    message: 'is needed (STRIPE_EMULATOR_URL stands in for it in development and tests)',
  })
  .refine(
    (value) =>
      !value.AWS_DOCUMENTDB_REGION ||
      Boolean(value.AWS_DOCUMENTDB_CA_FILE) ||
      (Boolean(value.AWS_DOCUMENTDB_ENDPOINT) && value.NODE_ENV !== 'production'),
    { path: ['AWS_DOCUMENTDB_CA_FILE'], message: 'is needed: patient data travels encrypted or not at all' },
  )
  .refine((value) => !value.AZURE_DOCUMENTDB_SUBSCRIPTION || value.AZURE_DOCUMENTDB_ACCESS_IPS.length > 0, {
    path: ['AZURE_DOCUMENTDB_ACCESS_IPS'],
    message: 'is needed: the clusters let nobody else in',
  })
  .refine(
    (value) =>
      !value.ATLAS_CLIENT_ID ||
      (value.ATLAS_CLIENT_SECRET && value.ATLAS_ORGANIZATION_ID && value.ATLAS_ACCESS_CIDRS.length > 0),
    {
      path: ['ATLAS_CLIENT_ID'],
      message: 'needs ATLAS_CLIENT_SECRET, ATLAS_ORGANIZATION_ID and ATLAS_ACCESS_CIDRS too',
    },
  )
  .refine(
    (value) =>
      value.BILLING_READ_ONLY_DAYS < value.BILLING_SUSPEND_DAYS &&
      value.BILLING_SUSPEND_DAYS < value.BILLING_CANCEL_DAYS,
    {
      path: ['BILLING_SUSPEND_DAYS'],
      message: 'must lie between BILLING_READ_ONLY_DAYS and BILLING_CANCEL_DAYS',
    },
  );

export type Env = z.output<typeof schema>;

export class EnvError extends Error {
  override name = 'EnvError';
}

const KEY = Symbol.for('chakravue.env');
const global = globalThis as { [key: symbol]: Env | undefined };

/**
 * The configuration, parsed once per process. Never called while modules load: `next build` imports every
 * route.
 * @throws EnvError naming each missing or malformed variable, never its value.
 */
export function env(): Env {
  if (global[KEY]) return global[KEY];
  // An empty variable in a .env file means "not set".
  const given = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => {
      const name = issue.path.join('.');
      return given[name] === undefined && issue.code !== 'custom'
        ? `${name} is missing`
        : `${name} ${issue.message}`;
    });
    throw new EnvError(`Chakravue cannot start: ${problems.join('; ')}. See .env.example.`);
  }
  global[KEY] = parsed.data;
  return parsed.data;
}
