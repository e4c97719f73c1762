import type { LocalUsers } from './local-users';
import { AtlasFailure, type Cluster, type Project, type Tag, type World } from './world';

export type Call = { params: Record<string, string>; body: unknown; query: URLSearchParams };
export type Context = {
  world: World;
  local: LocalUsers | null;
  /** Where the local server is, without a credential. */
  address: string;
  creationMs: number;
  clustersPerProject: number;
};
export const field = (body: unknown, name: string): unknown =>
  typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : undefined;
export const text = (body: unknown, name: string): string => String(field(body, name) ?? '');
export const tagsOf = (body: unknown): Tag[] => (field(body, 'tags') ?? []) as Tag[];

export function projectOf({ world }: Context, { params }: Call): Project {
  const project = world.projects.get(params.groupId ?? '');
  if (!project) throw new AtlasFailure(404, 'GROUP_NOT_FOUND', `No group with ID ${params.groupId} exists.`);
  return project;
}

export const keyOf = (groupId: string, name: string): string => `${groupId}/${name}`;

export function clusterOf(context: Context, call: Call, family: Cluster['family']): Cluster {
  const project = projectOf(context, call);
  const name = call.params.clusterName ?? call.params.name ?? '';
  const cluster = context.world.clusters.get(keyOf(project.id, name));
  if (!cluster)
    throw new AtlasFailure(
      404,
      'CLUSTER_NOT_FOUND',
      `No cluster named ${name} exists in group ${project.id}.`,
    );
  if (cluster.family === family) return cluster;
  throw family === 'flex'
    ? new AtlasFailure(400, 'CANNOT_USE_NON_FLEX_CLUSTER_IN_FLEX_API', 'Not a Flex cluster.')
    : new AtlasFailure(400, 'CANNOT_USE_FLEX_CLUSTER_IN_CLUSTER_API', 'A Flex cluster.');
}

export const listOf = (results: unknown[]) => ({ links: [], results, totalCount: results.length });
