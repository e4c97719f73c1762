import 'server-only';
import { isSameSecret } from '@/lib/crypto/cipher';
import { env } from '@/lib/env';
import { masterConnection } from '@/lib/master/connection';
import { fileStoreKind } from '@/lib/storage/file-store';
import { stripeMode } from '@/lib/stripe/client';
import { tenancyMetrics } from '@/lib/tenancy/factory';
import { exposition } from '@/lib/tenancy/metrics';

export type Readiness = {
  status: 'ready' | 'unavailable';
  database: { engine: string; version: string; latencyMs: number } | null;
  stripe: 'stripe' | 'emulator';
  files: 'S3' | 'folder';
  tenants: { openClients: number; openHandles: number };
};

/** Whether this process can work, and with which real parts. Never throws. */
export async function readiness(): Promise<Readiness> {
  const { clients, handles } = tenancyMetrics();
  const common = {
    stripe: stripeMode(),
    files: fileStoreKind(),
    tenants: { openClients: clients.open, openHandles: handles.open },
  };
  try {
    const connection = await masterConnection();
    const started = performance.now();
    const admin = connection.getClient().db('admin');
    await admin.command({ ping: 1 }, { timeoutMS: 3_000 });
    const latencyMs = Math.round((performance.now() - started) * 100) / 100;
    const { version } = await admin.command({ buildInfo: 1 });
    return {
      status: 'ready',
      database: { engine: env().MONGODB_ENGINE ?? 'MongoDB', version: String(version), latencyMs },
      ...common,
    };
  } catch {
    return { status: 'unavailable', database: null, ...common };
  }
}

/** The process's metrics for the bearer of METRICS_TOKEN; null for anybody else. */
export async function readMetrics(authorization: string | null) {
  const { METRICS_TOKEN } = env();
  if (!METRICS_TOKEN || !isSameSecret(authorization ?? '', `Bearer ${METRICS_TOKEN}`)) return null;
  return exposition(tenancyMetrics);
}

/** How this process holds the organizations' databases; counts only. */
export const connections = tenancyMetrics;
