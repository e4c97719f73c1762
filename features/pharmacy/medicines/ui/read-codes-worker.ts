import { prepareZXingModule } from 'zxing-wasm/reader';
import type { ReadAnswer } from './read-codes';
import { readPicture } from './read-picture';

// The build puts it among its files; by itself the library would ask a foreign server for it.
const compiled = new URL('zxing-wasm/reader/zxing_reader.wasm', import.meta.url);
prepareZXingModule({ overrides: { locateFile: () => compiled.href } });

const answer = (data: ReadAnswer) => self.postMessage(data);
self.onmessage = ({ data }: MessageEvent<ImageData>) => {
  readPicture(data).then(
    (text) => answer({ text }),
    () => answer({ failed: true }),
  );
};
