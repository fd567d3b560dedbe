/** Strips cut out of a picture for the recogniser: along a line of text, or around one box. */
import type { Point } from '../../../shared/recognition';
import { rectangleCorners, type Quad } from '../picture/geometry';
import { warpQuad, type Raster } from '../picture/raster';
import type { TextBox } from './text-detection';
import { STRIP_HEIGHT, stripWidth } from './text-recognition';

/** The middle line of a row of text on an upright picture: y = centreY + slope * (x - centreX). */
export interface Baseline {
  readonly centreX: number;
  readonly centreY: number;
  readonly slope: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
}

/** The corners of the band of the picture along a baseline between two columns. */
export function bandQuad(baseline: Baseline, from: number, to: number, heightFactor: number): Quad {
  const half = (baseline.height * heightFactor) / 2;
  const yAt = (x: number): number => baseline.centreY + baseline.slope * (x - baseline.centreX);
  const corner = (x: number, dy: number): Point => ({ x, y: yAt(x) + dy });
  return [corner(from, -half), corner(to, -half), corner(to, half), corner(from, half)];
}

/** A strip of the recogniser's height out of the picture. */
export function cutBand(
  raster: Raster,
  baseline: Baseline,
  from: number,
  to: number,
  heightFactor: number,
): Raster {
  const quad = bandQuad(baseline, from, to, heightFactor);
  const width = Math.max(32, Math.round(((to - from) * STRIP_HEIGHT) / (baseline.height * heightFactor)));
  return warpQuad(raster, quad, width, STRIP_HEIGHT);
}

/** The same along a box, as wide as its proportions ask. */
export function cutBox(raster: Raster, box: TextBox): Raster {
  const width = Math.max(16, Math.round((box.width * STRIP_HEIGHT) / box.height));
  return warpQuad(raster, rectangleCorners(box), width, STRIP_HEIGHT);
}

/** The same in a width that the recogniser takes, so that it has nothing to resize. */
export function cutStrip(raster: Raster, box: TextBox): Raster {
  return warpQuad(raster, rectangleCorners(box), stripWidth(box), STRIP_HEIGHT);
}
