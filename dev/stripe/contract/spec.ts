import { readFileSync } from 'node:fs';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import type { DataValidationCxt } from 'ajv/dist/types';

type Json = Record<string, unknown>;
const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const REF = '#/components/schemas/';
/** Words of OpenAPI and Stripe that say nothing about a value. */
const SILENT = /^(description|title|format|nullable|x-.*)$/;

/**
 * Validates answers against Stripe's OpenAPI specification: each field known, each required field there,
 * types and values as given. Objects of the API are compiled when one is met, because together they refer to
 * nearly everything.
 */
export class Specification {
  readonly version: string;
  readonly usedNewer = new Set<string>();
  #schemas: Record<string, Json>;
  #compiled = new Map<string, ValidateFunction>();
  #ajv = new Ajv({ strict: false, allErrors: true, logger: false });

  constructor(
    file: string,
    readonly newer: readonly string[],
  ) {
    const document: unknown = JSON.parse(readFileSync(file, 'utf8'));
    const { info, components } = document as {
      info: { version: string };
      components: { schemas: Record<string, Json> };
    };
    this.version = info.version;
    this.#schemas = components.schemas;
    this.#ajv.addKeyword({
      keyword: 'stripeObject',
      errors: 'full',
      validate: this.#nested(),
    });
  }

  /** What is wrong with an object of the API, as sentences; none for a right one. */
  problemsOf(value: unknown): string[] {
    const name = this.#nameOf(value);
    if (!name) return [`no schema for ${JSON.stringify(value)?.slice(0, 80)}`];
    const validate = this.#validator(name);
    const shown = this.#withoutNewer(value);
    if (validate(shown)) return [];
    return (validate.errors ?? [])
      .filter(({ keyword }) => keyword !== 'if')
      .map((error) => describe(name, error));
  }

  /** Takes away, at any depth, the fields that only the SDK's version has. */
  #withoutNewer(value: unknown, path = ''): unknown {
    if (Array.isArray(value)) return value.map((item) => this.#withoutNewer(item, path));
    if (!isJson(value)) return value;
    const owner = typeof value.object === 'string' ? value.object : path;
    const kept = Object.entries(value).flatMap(([key, field]) => {
      const name = `${owner}/${key}`;
      if (!this.newer.includes(name)) return [[key, this.#withoutNewer(field, name)]];
      this.usedNewer.add(name);
      return [];
    });
    return Object.fromEntries(kept);
  }

  #nameOf(value: unknown): string | null {
    if (!isJson(value) || typeof value.object !== 'string') return null;
    const id = value.deleted === true ? `deleted_${value.object}` : value.object;
    if (this.#schemas[id]?.['x-resourceId']) return id;
    const found = Object.entries(this.#schemas).find(
      ([name, schema]) =>
        schema['x-resourceId'] === value.object && name.startsWith('deleted') === Boolean(value.deleted),
    );
    return found?.[0] ?? null;
  }

  #nested() {
    const check = (allowed: readonly string[], data: unknown, _parent?: unknown, cxt?: DataValidationCxt) => {
      const found = this.#nameOf(data);
      const name = found && allowed.includes(found) ? found : allowed[0];
      if (!name) return false;
      const validate = this.#validator(name);
      if (validate(data)) return true;
      check.errors = (validate.errors ?? []).map((error) => ({
        ...error,
        instancePath: `${cxt?.instancePath ?? ''}${error.instancePath}`,
      }));
      return false;
    };
    check.errors = [] as Partial<ErrorObject>[];
    return check;
  }

  #validator(name: string): ValidateFunction {
    const known = this.#compiled.get(name);
    if (known) return known;
    const defs: Json = {};
    const root = this.#plain(this.#schemas[name], defs);
    const made = this.#ajv.compile({ ...(isJson(root) ? root : {}), $defs: defs });
    this.#compiled.set(name, made);
    return made;
  }

  /** A schema of OpenAPI as plain JSON Schema. */
  #plain(schema: unknown, defs: Json): unknown {
    if (Array.isArray(schema)) return schema.map((item) => this.#plain(item, defs));
    if (!isJson(schema)) return schema;
    const plain = this.#bare(schema, defs);
    // Not `anyOf`: a wrong value should be told what is wrong with it, not that it is not null.
    return schema.nullable === true ? { if: { type: 'null' }, else: plain } : plain;
  }

  #bare(schema: Json, defs: Json): unknown {
    if (typeof schema.$ref === 'string') return this.#reference(schema.$ref.slice(REF.length), defs);
    const branches = Array.isArray(schema.anyOf) ? schema.anyOf : [];
    const objects = branches.flatMap((branch) => {
      const name = isJson(branch) && typeof branch.$ref === 'string' ? branch.$ref.slice(REF.length) : '';
      return this.#schemas[name]?.['x-resourceId'] ? [name] : [];
    });
    if (objects.length > 0 && objects.length >= branches.length - 1) {
      // An id that can be expanded: decided by what is there, so that the message is about the one that was
      // meant.
      const isText = objects.length < branches.length;
      const full = { type: 'object', stripeObject: objects };
      return isText ? { if: { type: 'string' }, else: full } : full;
    }
    const plain: Json = {};
    for (const [key, value] of Object.entries(schema)) {
      if (SILENT.test(key)) continue;
      if (key === 'properties' && isJson(value)) {
        plain.properties = Object.fromEntries(
          Object.entries(value).map(([name, field]) => [name, this.#plain(field, defs)]),
        );
        if (schema.additionalProperties === undefined) plain.additionalProperties = false;
      } else if (key === 'enum' || key === 'required') plain[key] = value;
      else plain[key] = this.#plain(value, defs);
    }
    return plain;
  }

  #reference(name: string, defs: Json): unknown {
    const schema = this.#schemas[name];
    if (schema?.['x-resourceId']) return { type: 'object', stripeObject: [name] };
    if (!(name in defs)) {
      defs[name] = true;
      defs[name] = this.#plain(schema, defs);
    }
    return { $ref: `#/$defs/${name}` };
  }
}

function describe(name: string, { instancePath, message, params }: ErrorObject): string {
  const details = Object.values(params).flat().join(', ');
  return `${name}${instancePath}: ${message ?? 'is wrong'}${details ? ` (${details})` : ''}`;
}
