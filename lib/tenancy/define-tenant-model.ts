import 'server-only';
import type { InferSchemaType, Model, Schema } from 'mongoose';
import { sealFields } from './sealed-fields';
import type { TenantDatabase, TenantDefinition } from './tenant-database';

type Registry = { definitions: Map<string, TenantDefinition>; isComplete: boolean };
const KEY = Symbol.for('chakravue.tenant-models');
const global = globalThis as { [key: symbol]: Registry | undefined };
// Route bundles do not share modules: what the start has declared must be known to all of them.
global[KEY] ??= { definitions: new Map(), isComplete: false };
const registry: Registry = global[KEY];

/** For the list of all models, once it has loaded them (server/tenant-models.ts). */
export function allTenantModelsAreDeclared(): void {
  registry.isComplete = true;
}

/**
 * Every tenant collection.
 * @throws Error in a process that has not loaded the list of all models: a database made from half of them
 * would lack collections.
 */
export function tenantDefinitions(): TenantDefinition[] {
  if (!registry.isComplete) throw new Error('server/tenant-models.ts has not been loaded in this process');
  return [...registry.definitions.values()];
}

/** The declaration of a collection. @throws Error for one that no model declares; as `tenantDefinitions`. */
export function tenantDefinitionOf(collection: string): TenantDefinition {
  const definition = tenantDefinitions().find((one) => one.collection === collection);
  if (!definition) throw new Error(`The ${collection} are not declared`);
  return definition;
}

/** True when a declared model seals a field of this name; who changes a record has loaded its model. */
export const isSealedField = (name: string): boolean =>
  [...registry.definitions.values()].some(({ sensitive }) => sensitive.includes(name));

/**
 * Declares a collection that exists once per organization. There is no global model to misuse: the result
 * needs a context, and the context's database is the organization's own.
 * @param sensitive paths that are ciphertext at rest, sealed with the organization's key. They can be neither
 * searched nor sorted; a new one needs a migration that seals what is there.
 * @param patient where a record says whose it is, if not in `patientId`; it moves when two records of one
 * person become one.
 */
export function defineTenantModel<S extends Schema>(
  name: string,
  collection: string,
  schema: S,
  {
    sensitive = [],
    patient,
  }: { sensitive?: readonly (keyof InferSchemaType<S> & string)[] } & Pick<TenantDefinition, 'patient'> = {},
) {
  const definition: TenantDefinition<S> = {
    ...{ name, collection, schema, sensitive },
    ...(patient ? { patient } : {}),
  };
  if (sensitive.length > 0) sealFields(schema, collection, sensitive);
  registry.definitions.set(name, definition as unknown as TenantDefinition);
  return (ctx: { db: TenantDatabase }): Model<InferSchemaType<S>> => ctx.db.model(definition);
}
