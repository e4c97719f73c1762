import { z } from 'zod';
import type { $ZodIssue } from 'zod/v4/core';
import { invalidRequest } from './errors';

type Tree = { [key: string]: Tree | string };

/**
 * Stripe's form encoding, `items[0][price]=x&expand[]=y`, as a tree; lists are objects with numbers for keys.
 */
export function decodeForm(text: string): unknown {
  const root: Tree = Object.create(null);
  for (const [name, value] of new URLSearchParams(text)) {
    const path = [
      name.replace(/\[.*$/s, ''),
      ...Array.from(name.matchAll(/\[([^\]]*)\]/g), (match) => match[1] ?? ''),
    ];
    let node = root;
    path.forEach((part, index) => {
      const key = part === '' ? String(Object.keys(node).length) : part;
      if (index === path.length - 1) {
        node[key] = value;
        return;
      }
      const below = node[key];
      const next: Tree = typeof below === 'object' ? below : Object.create(null);
      node[key] = next;
      node = next;
    });
  }
  return listsOf(root);
}

function listsOf(node: Tree | string): unknown {
  if (typeof node === 'string') return node;
  const entries = Object.entries(node);
  const isList = entries.length > 0 && entries.every(([key], index) => key === String(index));
  if (isList) return entries.map(([, value]) => listsOf(value));
  return Object.fromEntries(entries.map(([key, value]) => [key, listsOf(value)]));
}

export const text = z.string().max(5_000);
export const boolean = z.enum(['true', 'false']).transform((value) => value === 'true');
export const integer = z
  .string()
  .regex(/^-?\d{1,15}$/)
  .transform(Number);
const metadataEntries = z.record(z.string().max(40), z.string().max(500));
/** Metadata: an empty text clears all of it, an empty value removes one key. */
export const metadata = z.union([z.literal(''), metadataEntries]);
/** A parameter that is accepted and makes no difference here. */
export const accepted = z.unknown();
export const list = <T extends z.ZodType>(item: T) => z.array(item);

/** Metadata after an update. */
export function mergeMetadata(
  old: Record<string, string>,
  change: '' | Record<string, string> | undefined,
): Record<string, string> {
  if (change === undefined) return old;
  if (change === '') return {};
  return Object.fromEntries(Object.entries({ ...old, ...change }).filter(([, value]) => value !== ''));
}

/**
 * The parameters of one endpoint. Only names that the SDK's own type has are possible, and any other that
 * comes in is refused, as Stripe does.
 */
export function params<P>() {
  return <S extends { [K in keyof P]?: z.ZodType }>(shape: S) =>
    z.strictObject({ ...shape, expand: z.array(z.string()).max(20).optional() });
}

export const paging = {
  limit: integer.pipe(z.number().min(1).max(100)).optional(),
  starting_after: text.optional(),
  ending_before: text.optional(),
};

const nameOf = (path: readonly PropertyKey[]): string =>
  path.map((part, index) => (index === 0 ? String(part) : `[${String(part)}]`)).join('');

function refuse(issue: $ZodIssue, input: unknown): never {
  if (issue.code === 'unrecognized_keys') {
    const name = nameOf([...issue.path, issue.keys[0] ?? '']);
    throw invalidRequest(`Received unknown parameter: ${name}`, 'parameter_unknown', name);
  }
  const name = nameOf(issue.path);
  const value = issue.path.reduce<unknown>(
    (node, part) => (isTree(node) ? node[String(part)] : undefined),
    input,
  );
  if (value === undefined)
    throw invalidRequest(`Missing required param: ${name}.`, 'parameter_missing', name);
  const shown = typeof value === 'string' ? value.slice(0, 100) : 'the value';
  if (issue.code === 'invalid_format') {
    throw invalidRequest(`Invalid integer: ${shown}`, 'parameter_invalid_integer', name);
  }
  if (value === '') {
    throw invalidRequest(
      `You passed an empty string for '${name}'. We assume empty values are an attempt to unset a parameter; however '${name}' cannot be unset.`,
      'parameter_invalid_empty',
      name,
    );
  }
  throw invalidRequest(`Invalid ${name}: ${shown} (${issue.message})`, undefined, name);
}

const isTree = (node: unknown): node is Record<string, unknown> => typeof node === 'object' && node !== null;

/** Parses parameters, or throws the error that Stripe would answer with. */
export function parse<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const first = result.error.issues[0];
  if (!first) throw invalidRequest('Invalid request.');
  refuse(first, input);
}
