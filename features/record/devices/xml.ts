// A reader of what devices write: less than XML, without document types and entities of their own, bounded.
import { lookup } from '@/lib/lookup';

export type XmlNode = {
  /** Without its prefix, in small letters. */
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: XmlNode[];
  /** Of the node itself, trimmed. */
  text: string;
};

const MOST_CHARACTERS = 1024 * 1024;
const MOST_NODES = 20_000;
const DEEPEST = 30;
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const TOKEN =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[([\s\S]*?)\]\]>|<(\/?)([^\s<>/=!?'"]+)((?:\s+[^\s=<>/]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/gy;
const ATTRIBUTE = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

const localName = (name: string): string => name.slice(name.indexOf(':') + 1).toLowerCase();

function plain(text: string): string {
  return text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|\w+);/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return lookup(ENTITIES, name) ?? whole;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}

/**
 * The nodes at the top of a text; a fragment may have several.
 * @returns a sentence where it is another kind of text, too large, or not closed.
 */
export function readXml(text: string): { roots: XmlNode[] } | { problem: string } {
  const broken = { problem: 'The file is not whole, or is not one that a device writes.' };
  if (text.length > MOST_CHARACTERS) return { problem: 'The file is too large for one of a device.' };
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) return { problem: 'The file has parts that no device writes.' };
  const top: XmlNode = { name: '', attributes: {}, children: [], text: '' };
  const open: XmlNode[] = [top];
  let count = 0;
  let at = 0;
  TOKEN.lastIndex = 0;
  while (at < text.length) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    const node = open.at(-1);
    if (!match || !node) return broken;
    at = TOKEN.lastIndex;
    const [, data, isEnd, name, attributes = '', isEmpty, words] = match;
    if (words !== undefined || data !== undefined) node.text += data ?? plain(words ?? '');
    if (name === undefined) continue;
    if (isEnd) {
      if (open.length === 1 || node.name !== localName(name)) return broken;
      node.text = node.text.trim();
      open.pop();
      continue;
    }
    if (++count > MOST_NODES || open.length > DEEPEST) return broken;
    const made: XmlNode = { name: localName(name), attributes: {}, children: [], text: '' };
    made.attributes = Object.fromEntries(
      [...attributes.matchAll(ATTRIBUTE)].map(([, key = '', a, b]) => [localName(key), plain(a ?? b ?? '')]),
    );
    node.children.push(made);
    if (!isEmpty) open.push(made);
  }
  return open.length === 1 && top.children.length > 0 ? { roots: top.children } : broken;
}

/** The first node along a path of names; undefined where one is missing. */
export const nodeAt = (from: XmlNode | undefined, ...path: readonly string[]): XmlNode | undefined =>
  path.reduce<XmlNode | undefined>((node, name) => node?.children.find((one) => one.name === name), from);

/** The text at a path of names; empty where there is none. */
export const textAt = (from: XmlNode | undefined, ...path: readonly string[]): string =>
  nodeAt(from, ...path)?.text ?? '';

/** Bytes as text: by their mark, by what they say of themselves, and else as devices of Japan write. */
export function decodeText(bytes: Uint8Array): string {
  const [a, b, c] = bytes;
  if (a === 0xff && b === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (a === 0xfe && b === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  if (a === 0xef && b === 0xbb && c === 0xbf) return new TextDecoder('utf-8').decode(bytes);
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 200));
  const said = /encoding\s*=\s*["']([\w-]+)["']/i.exec(head)?.[1]?.toLowerCase();
  const tries = [said && said !== 'utf-16' ? said : 'utf-8', 'shift_jis', 'windows-1252'];
  for (const encoding of tries) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // The next one.
    }
  }
  return head;
}
