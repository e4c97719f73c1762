import 'server-only';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { commandCounts } from '../command-counts';

type Metrics = { registry: Registry; acquire: Histogram<'kind'> };
const KEY = Symbol.for('chakravue.metrics');
const global = globalThis as { [key: symbol]: Metrics | undefined };

/** One registry a process, whatever bundle asks. */
function metrics(): Metrics {
  const known = global[KEY];
  if (known) return known;
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const acquire = new Histogram({
    name: 'chakravue_tenant_acquire_seconds',
    help: 'Time until an organization has its database: warm from the cache, cold when it had to be opened',
    labelNames: ['kind'] as const,
    buckets: [0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5],
    registers: [registry],
  });
  const made = { registry, acquire };
  global[KEY] = made;
  return made;
}

export const observeAcquire = (kind: 'warm' | 'cold', seconds: number): void =>
  metrics().acquire.observe({ kind }, seconds);

type Level = Record<
  'open' | 'max' | 'leases' | 'opened' | 'failed' | 'evicted' | 'expired' | 'overflowed' | 'refused' | 'cut',
  number
>;
type Facts = {
  clients: Level;
  handles: Level;
  connecting: number;
  waiting: number;
  shareRefusals: number;
};

const GAUGES = ['open', 'max', 'leases'] as const;
const COUNTERS = ['opened', 'failed', 'evicted', 'expired', 'overflowed', 'refused', 'cut'] as const;

/** Everything in Prometheus' text format. */
export async function exposition(read: () => Facts): Promise<{ contentType: string; body: string }> {
  const { registry } = metrics();
  if (!registry.getSingleMetric('chakravue_tenant_waiting')) register(registry, read);
  return { contentType: registry.contentType, body: await registry.metrics() };
}

function register(registry: Registry, read: () => Facts): void {
  const registers = [registry];
  for (const what of GAUGES) {
    new Gauge({
      name: `chakravue_tenant_${what}`,
      help: `Tenant ${what === 'leases' ? 'leases out' : what === 'max' ? 'bound' : 'connections open'} now, by level`,
      labelNames: ['level'],
      registers,
      collect() {
        const facts = read();
        this.set({ level: 'client' }, facts.clients[what]);
        this.set({ level: 'handle' }, facts.handles[what]);
      },
    });
  }
  for (const what of COUNTERS) {
    new Counter({
      name: `chakravue_tenant_${what}_total`,
      help: `Tenant connections ${what} since the start, by level`,
      labelNames: ['level'],
      registers,
      collect() {
        const facts = read();
        this.reset();
        this.inc({ level: 'client' }, facts.clients[what]);
        this.inc({ level: 'handle' }, facts.handles[what]);
      },
    });
  }
  new Counter({
    name: 'chakravue_database_commands_total',
    help: 'Commands to the database since the start: to the master database, and to those of organizations',
    labelNames: ['of'],
    registers,
    collect() {
      this.reset();
      for (const [of, count] of Object.entries(commandCounts())) this.inc({ of }, count);
    },
  });
  for (const [name, help, value] of [
    ['chakravue_tenant_connecting', 'Connections being opened now', (facts: Facts) => facts.connecting],
    [
      'chakravue_tenant_waiting',
      'Operations waiting for their organization’s share of a pool',
      (facts: Facts) => facts.waiting,
    ],
    [
      'chakravue_tenant_share_refusals',
      'Operations turned away by their organization’s share',
      (facts: Facts) => facts.shareRefusals,
    ],
  ] as const) {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(value(read()));
      },
    });
  }
}
