// `npm run icons`: makes the sheet of icons (components/ui/icons.svg) of those that icon-name.ts beside it
// names, out of Lucide's drawings, and of the product's mark. A test says when the sheet is not what this
// makes.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const source = join(root, 'components/ui/icon-name.ts');
const sheet = join(root, 'components/ui/icons.svg');
const mark = join(root, 'components/ui/mark.svg');

/** The names of what is drawn, in Lucide's words: 'calendar-days'. */
export const iconNames = () =>
  [...readFileSync(source, 'utf8').matchAll(/\| '([a-z0-9-]+)'/g)].map(([, name = '']) => name).sort();

/** @param {[string, Record<string, string>]} part of a drawing; its key is React's and not drawn */
const drawn = ([tag, { key: _, ...attributes }]) =>
  `<${tag} ${Object.entries(attributes)
    .map(([name, value]) => `${name}="${value}"`)
    .join(' ')}/>`;

/** @returns {Promise<string>} the sheet, a symbol for each icon */
export async function makeSheet() {
  const symbols = await Promise.all(
    iconNames().map(async (name) => {
      const { __iconData } = await import(`lucide-react/icons/${name}`);
      return `<symbol id="${name}" viewBox="0 0 24 24">${__iconData.node.map(drawn).join('')}</symbol>`;
    }),
  );
  const own = readFileSync(mark, 'utf8')
    .trim()
    .replace('<svg xmlns="http://www.w3.org/2000/svg"', '<symbol id="mark"')
    .replace(/<title>.*<\/title>/, '')
    .replace('</svg>', '</symbol>');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">\n${[...symbols, own].join('\n')}\n</svg>\n`;
}

/** The sheet as it stands. */
export const readSheet = () => readFileSync(sheet, 'utf8');

if (argv[1] === fileURLToPath(import.meta.url)) writeFileSync(sheet, await makeSheet());
