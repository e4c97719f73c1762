import 'server-only';
import type { InferSchemaType, Model, Schema } from 'mongoose';
import { sealFields } from './sealed-fields';
import type { TenantDatabase, TenantDefinition } from './tenant-database';

const definitions = new Map<string, TenantDefinition>();

/** Every tenant collection whose model file has been loaded (server/tenant-models.ts loads them all). */
export const tenantDefinitions = (): TenantDefinition[] => [...definitions.values()];

/**
 * Declares a collection that exists once per organization. There is no global model to misuse: the result
 * needs a context, and the context's database is the organization's own.
 * @param sensitive paths that are ciphertext at rest, sealed with the organization's key. They can be neither searched nor
 * sorted; a new one needs a migration that seals what is there.
 */
export function defineTenantModel<S extends Schema>(
  name: string,
  collection: string,
  schema: S,
  { sensitive = [] }: { sensitive?: readonly (keyof InferSchemaType<S> & string)[] } = {},
) {
  const definition: TenantDefinition<S> = { name, collection, schema, sensitive };
  if (sensitive.length > 0) sealFields(schema, collection, sensitive);
  definitions.set(name, definition as unknown as TenantDefinition);
  return (ctx: { db: TenantDatabase }): Model<InferSchemaType<S>> => ctx.db.model(definition);
}
