/** The bench of recognition counts what it says, shows no number, and writes nowhere but between its two comments. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { rectangleQuad, type Quad } from '../../src/adapters/local-engine/picture/geometry';
import { isTest } from '../bench/recognition/cached-set';
import { describeEdits, digitEdits, masked } from '../bench/recognition/digits';
import { outlineOf, overlap, type Judged, type Verdict } from '../bench/recognition/judged';
import { rewriteBlock } from '../bench/recognition/report';
import { scoreOf, spearman } from '../bench/recognition/score';
import { worstOf } from '../bench/recognition/worst';
import type { SpecimenTruth } from '../../tools/specimens/specimen';

const NUMBER = '6222000011112222';
const TRUTH: SpecimenTruth = {
  file: 'flat-1.jpg',
  seed: 'flat-1',
  kind: 'flat',
  readable: true,
  cardNumber: NUMBER,
  validDate: '05/2031',
  bankInfo: '样张银行(00000000)',
  cardType: '借记卡',
  cardName: null,
  luhn: true,
  quad: [
    [0, 0],
    [100, 0],
    [100, 60],
    [0, 60],
  ],
  rotation: 0,
  embossed: false,
  vertical: false,
  blurSigma: 0.5,
  motion: 0,
  glare: false,
  finger: false,
  copy: false,
  reshoot: false,
  borderIncomplete: false,
  expectedWarnings: [],
  sha256: '',
};

interface Answered {
  readonly read?: string;
  readonly truth?: Partial<SpecimenTruth>;
  readonly quad?: Quad;
  readonly warnings?: readonly (-9110 | -9112)[];
  readonly quality?: number;
  readonly luhnPassed?: boolean;
}

function judged({ read, truth, quad, warnings = [], quality = 80, luhnPassed = false }: Answered): Judged {
  const whole = { ...TRUTH, ...truth };
  const verdict: Verdict = read === undefined ? 'refused' : read === whole.cardNumber ? 'exact' : 'wrong';
  if (read === undefined) {
    const answer = { kind: 'error', code: 'FailedOperation.NoBankCardError', sent: false } as const;
    return { truth: whole, verdict, durationMs: 10, answer };
  }
  const fields = { cardNumber: read, bankInfo: TRUTH.bankInfo ?? '' };
  const evidence = { digitConfidence: [], otherCandidates: [], luhnPassed, ...(quad && { quad }) };
  return {
    truth: whole,
    verdict,
    durationMs: 10,
    answer: { kind: 'answer', recognition: { fields, warnings, quality, evidence, raw: '' } },
  };
}

describe('the score', () => {
  it('tells readable cards from what should be refused', () => {
    const negative = { readable: false, cardNumber: '3100000000000001' };
    const score = scoreOf([
      judged({ read: NUMBER }),
      judged({ read: '6222000011112223', luhnPassed: true }),
      judged({}),
      judged({ truth: negative }),
      judged({ read: '3100000000000001', truth: negative }),
      judged({ read: '3100000000000002', truth: negative }),
    ]);
    const third = { part: 1, whole: 3 };
    expect([score.exact, score.wrong, score.refused]).toEqual([third, third, third]);
    expect([score.negativesRefused, score.negativesAsPrinted, score.negativesWrong]).toEqual([
      third,
      third,
      third,
    ]);
    expect(score.wrongUnnoticed).toEqual({ part: 1, whole: 1 });
    expect([score.bank, score.expiry]).toEqual([
      { part: 2, whole: 3 },
      { part: 0, whole: 3 },
    ]);
  });

  it('counts a warning as right, missed, false or rightly quiet', () => {
    const glare = { expectedWarnings: [-9112], glare: true };
    const score = scoreOf([
      judged({ read: NUMBER, truth: glare, warnings: [-9112] }),
      judged({ read: NUMBER, truth: glare }),
      judged({ read: NUMBER, warnings: [-9112] }),
      judged({ read: NUMBER }),
      judged({ truth: glare }),
    ]);
    const reflection = score.warnings.find(({ code }) => code === -9112);
    expect(reflection).toEqual({ code: -9112, right: 1, missed: 1, falsely: 1, quiet: 1 });
  });

  it('ranks with shared ranks', () => {
    expect(spearman([1, 2, 3, 4], [8, 6, 4, 2])).toBeCloseTo(-1);
    expect(spearman([1, 1, 2, 2], [5, 5, 9, 9])).toBeCloseTo(1);
    expect(spearman([1, 2, 3, 4], [1, 2, 4, 3])).toBeCloseTo(0.8);
  });

  it('halves the seeds', () => {
    expect([isTest({ seed: 'worn-1001' }), isTest({ seed: 'worn-1002' })]).toEqual([true, false]);
  });
});

describe('the outline', () => {
  const square = rectangleQuad(10, 10);
  const moved = (by: number): Quad => square.map(({ x, y }) => ({ x: x + by, y })) as unknown as Quad;

  it('is compared by the area that both have', () => {
    expect(overlap(square, square)).toBeCloseTo(1);
    expect(overlap(square, moved(5))).toBeCloseTo(1 / 3);
    expect(overlap(square, moved(20))).toBeCloseTo(0);
    const diamond: Quad = [
      { x: 5, y: 0 },
      { x: 10, y: 5 },
      { x: 5, y: 10 },
      { x: 0, y: 5 },
    ];
    expect(overlap(square, diamond)).toBeCloseTo(0.5);
  });

  it('is found and upright, found upside down, or not found', () => {
    const card = rectangleQuad(100, 60);
    const turned = [...card.slice(2), ...card.slice(0, 2)] as unknown as Quad;
    expect(outlineOf(judged({ read: NUMBER, quad: card }))).toEqual({ found: true, upright: true });
    expect(outlineOf(judged({ read: NUMBER, quad: turned }))).toEqual({ found: true, upright: false });
    expect(outlineOf(judged({ read: NUMBER }))).toEqual({ found: false, upright: false });
    expect(outlineOf(judged({}))).toBeUndefined();
  });
});

describe('the worst pictures', () => {
  it('name the digits that differ', () => {
    expect(describeEdits(digitEdits('12345', '12945'))).toBe('1 of the digits: 3 as 9 at 3');
    expect(describeEdits(digitEdits('12345', '1345'))).toBe('1 of the digits: 2 lost at 2');
    expect(describeEdits(digitEdits('12345', '123456'))).toBe('1 of the digits: 6 added after 5');
    expect(digitEdits('12345', '12345')).toEqual([]);
  });

  it('come wrong first, those that pass Luhn before the others, and show no whole number', () => {
    const worst = worstOf(
      [
        judged({ truth: { seed: 'flat-3' } }),
        judged({ read: '6222000011119922', truth: { seed: 'flat-5' } }),
        judged({ read: '6222000011112223', truth: { seed: 'flat-7' }, luhnPassed: true }),
        judged({ read: NUMBER, truth: { seed: 'flat-9' } }),
      ],
      new Map(),
    );
    expect(worst.map(({ seed }) => seed)).toEqual(['flat-7', 'flat-5', 'flat-3']);
    expect(JSON.stringify(worst)).not.toMatch(/\d{7}/);
    expect(masked(NUMBER)).toBe('622200******2222');
  });
});

describe('the block in the document', () => {
  it('is replaced, and nothing around it', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'cardproof-bench-'));
    try {
      const file = path.join(folder, 'doc.md');
      const begin =
        '<!-- Written by `npm run bench -- --only recognition`; what is changed by hand is lost. -->';
      const end = '<!-- End of what the bench writes. -->';
      await writeFile(file, `before\n${begin}\nold\n${end}\nafter\n`);
      await rewriteBlock(file, 'new');
      expect(await readFile(file, 'utf8')).toBe(`before\n${begin}\n\nnew\n\n${end}\nafter\n`);
      await writeFile(file, 'no comments');
      await expect(rewriteBlock(file, 'new')).rejects.toThrow('Expected');
      expect(await readFile(file, 'utf8')).toBe('no comments');
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
