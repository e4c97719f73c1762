import { vi } from 'vitest';

// Who asks is what the test says; gates, services and databases are the real ones.
vi.mock('@/lib/auth/principal', async () => (await import('./emulators/request')).ofPrincipal);
vi.mock('next/cache', () => import('./emulators/next'));
vi.mock('next/server', () => import('./emulators/next'));
