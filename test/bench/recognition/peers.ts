/** The same pictures read by what people would otherwise take: PP-OCR without the pipeline, and tesseract.js. */
import { createRequire } from 'node:module';
import path from 'node:path';
import { createWorker, OEM, PSM } from 'tesseract.js';
import { loadModels, type Models } from '../../../src/adapters/local-engine/text/models';
import { numberLines } from '../../../src/adapters/local-engine/number/number-line';
import { cutBox } from '../../../src/adapters/local-engine/text/strips';
import { groupLines } from '../../../src/adapters/local-engine/text/text-line';
import type { ResourcePaths } from '../../../src/adapters/local-engine/protocol';
import { decodePicture } from '../../../src/adapters/local-engine/picture/raster';
import { detectText } from '../../../src/adapters/local-engine/text/text-detection';
import { readText, recogniseText } from '../../../src/adapters/local-engine/text/text-recognition';

export interface Peer {
  /** The digits of the line with most of them; undefined where they cannot be a card's number. */
  read(picture: Uint8Array): Promise<string | undefined>;
  close(): Promise<void>;
}

/** PP-OCR's usual size of the longer side. */
const DETECTION_SIDE = 960;

function asNumber(text: string | undefined): string | undefined {
  const digits = text?.replace(/\D/g, '') ?? '';
  return digits.length >= 13 && digits.length <= 19 ? digits : undefined;
}

/** Text found on the photograph, boxes read, the line with most digits joined: no card looked for, no table, no Luhn. */
export async function plainOcr(paths: ResourcePaths, threads: number): Promise<Peer> {
  const models = await loadModels(paths, threads);
  return { read: (picture) => readPlainly(models, picture), close: () => Promise.resolve() };
}

async function readPlainly(models: Models, picture: Uint8Array): Promise<string | undefined> {
  const { raster } = await decodePicture(picture);
  const boxes = [];
  for (const box of await detectText(models.detection, raster, DETECTION_SIDE)) {
    const output = await recogniseText(models, cutBox(raster, box));
    boxes.push({ box, reading: readText(output, models.characters), digits: '' });
  }
  return asNumber(numberLines(groupLines(boxes))[0]?.text);
}

/** The English data come from a package: nothing is fetched at run time. */
export async function tesseract(): Promise<Peer> {
  const data = path.dirname(createRequire(import.meta.url).resolve('@tesseract.js-data/eng/package.json'));
  const worker = await createWorker('eng', OEM.LSTM_ONLY, {
    langPath: path.join(data, '4.0.0_best_int'),
    gzip: true,
    cacheMethod: 'none',
  });
  // Its remarks on each picture would drown the table.
  await worker.setParameters({ tessedit_pageseg_mode: PSM.SPARSE_TEXT, debug_file: '/dev/null' });
  return {
    async read(picture) {
      const { data: page } = await worker.recognize(Buffer.from(picture));
      const digitsOf = (line: string): number => line.replace(/\D/g, '').length;
      const lines = page.text.split('\n').sort((one, other) => digitsOf(other) - digitsOf(one));
      return asNumber(lines[0]);
    },
    async close() {
      await worker.terminate();
    },
  };
}
