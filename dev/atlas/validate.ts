import { existsSync, readFileSync } from 'node:fs';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { AtlasFailure } from './world';

export type Validate = (method: string, path: string, version: string, body: unknown) => void;

/** Compares bodies with the official specification; null where its file is not there. */
export function loadValidation(file: string): Validate | null {
  if (!existsSync(file)) return null;
  const specification = JSON.parse(readFileSync(file, 'utf8')) as {
    paths: Record<string, Record<string, { requestBody?: { content: Record<string, unknown> } }>>;
  };
  adapt(specification);
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: true, validateFormats: true });
  addFormats(ajv);
  ajv.addSchema(specification, 'atlas');
  const step = (part: string) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
  return (method, path, version, body) => {
    const type = `application/vnd.atlas.${version}+json`;
    if (!specification.paths[path]?.[method.toLowerCase()]?.requestBody?.content[type]) return;
    const at = ['paths', path, method.toLowerCase(), 'requestBody', 'content', type, 'schema'];
    const check = ajv.getSchema(`atlas#/${at.map(step).join('/')}`);
    if (!check) throw new Error(`The specification has no schema at ${at.join(' ')}`);
    if (check(body)) return;
    const fields = (check.errors ?? []).map((one) => ({
      field: one.instancePath,
      description: one.message ?? '',
    }));
    throw new AtlasFailure(400, 'VALIDATION_ERROR', `Validation error: ${JSON.stringify(fields)}`, {
      badRequestDetail: { fields },
    });
  };
}

type Node = {
  pattern?: unknown;
  type?: unknown;
  required?: unknown;
  properties?: Record<string, { readOnly?: boolean }>;
  discriminator?: unknown;
  oneOf?: unknown;
  anyOf?: unknown;
};

/**
 * What OpenAPI writes and JSON Schema reads otherwise: `required` also names what only answers carry, a kind
 * told by a discriminator refers back to its parent for ever, and alternatives by cloud overlap.
 */
function adapt(node: unknown): void {
  if (typeof node !== 'object' || node === null) return;
  const schema = node as Node;
  const { properties } = schema;
  // Needless escapes are errors in the unicode mode that other patterns need.
  if (typeof schema.pattern === 'string') schema.pattern = schema.pattern.replaceAll('\\:', ':');
  if (Array.isArray(schema.required) && properties)
    schema.required = schema.required.filter((name) => !properties[String(name)]?.readOnly);
  if (schema.discriminator) {
    delete schema.oneOf;
    delete schema.discriminator;
  } else if (schema.oneOf) {
    schema.anyOf = schema.oneOf;
    delete schema.oneOf;
    // The specification calls lists of region names objects.
    if (schema.type === 'object' && !schema.properties) delete schema.type;
  }
  for (const child of Object.values(node)) adapt(child);
}
