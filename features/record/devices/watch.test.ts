import { expect, it } from 'vitest';
import { type FolderEntry, folderWatch } from './watch';

const file = (name: string, content: string, lastModified = 1) =>
  ({ name, file: async () => new File([content], name, { lastModified }) }) satisfies FolderEntry;
async function* folder(...entries: FolderEntry[]) {
  yield* entries;
}

it('takes what comes after the first look, once, and when it is written to its end', async () => {
  const look = folderWatch();
  const names = async (...entries: FolderEntry[]) => (await look(folder(...entries))).map(({ name }) => name);
  const old = file('LM_1.xml', '<a/>');
  expect(await names(old)).toEqual([]);
  expect(await names(old)).toEqual([]);
  // It grows between two looks: a device is still writing it.
  expect(await names(old, file('AR_2.xml', '<a', 2))).toEqual([]);
  expect(await names(old, file('AR_2.xml', '<a></a>', 3))).toEqual([]);
  expect(await names(old, file('AR_2.xml', '<a></a>', 3))).toEqual(['AR_2.xml']);
  expect(await names(old, file('AR_2.xml', '<a></a>', 3))).toEqual([]);
  // Written once more under the same name: a corrected file.
  await names(file('AR_2.xml', '<a>2</a>', 9));
  expect(await names(file('AR_2.xml', '<a>2</a>', 9))).toEqual(['AR_2.xml']);
});

it('leaves alone what no device has measured', async () => {
  const look = folderWatch();
  await look(folder());
  const others = [
    file('NIDEK_LM_Stylesheet.xsl', 'x'),
    file('NIDEK_Stylesheet.xml', 'x'),
    file('photo.jpg', 'x'),
    file('empty.xml', ''),
    file('huge.xml', 'x'.repeat(1024 * 1024 + 1)),
    { name: 'locked.xml', file: () => Promise.reject(new Error('locked')) },
  ];
  await look(folder(...others));
  expect(await look(folder(...others))).toEqual([]);
});
