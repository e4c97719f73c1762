import 'server-only';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readMarkdown, type TextBlock } from '@/lib/markdown';

export type ProductChange = { id: string; day: string; title: string; blocks: TextBlock[] };

const FILE = 'content/changelog.md';
const HEADING = /^(\d{4}-\d{2}-\d{2}): (.{5,90})$/;
let kept: ProductChange[] | null = null;

/** What changed in the product, the newest first, as it is written. @throws Error for what is not dated. */
export function parseChanges(file: string): ProductChange[] {
  const changes: ProductChange[] = [];
  for (const block of readMarkdown(FILE, file).blocks) {
    if (block.kind === 'heading') {
      const [, day = '', title = ''] = HEADING.exec(block.text) ?? [];
      if (!day) throw new Error(`${FILE}: a change begins with its day, not “${block.text}”.`);
      const before = changes.at(-1);
      if (before && before.day < day) throw new Error(`${FILE}: ${day} stands below an earlier day.`);
      changes.push({ id: `${day}-${changes.length}`, day, title, blocks: [] });
    } else {
      const change = changes.at(-1);
      if (!change) throw new Error(`${FILE}: something stands before the first day.`);
      change.blocks.push(block);
    }
  }
  return changes;
}

export function listChanges(): ProductChange[] {
  if (kept) return kept;
  const changes = parseChanges(readFileSync(join(process.cwd(), FILE), 'utf8'));
  if (process.env.NODE_ENV === 'production') kept = changes;
  return changes;
}
