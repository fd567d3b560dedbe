/** A picture from another program's clipboard is read on this computer. */
import path from 'node:path';
import { expect, test } from '@playwright/test';
import truths from '../../resources/specimens/truth.json' with { type: 'json' };
import { removeFolder, startApplication, tab } from './application';

test('a pasted picture is read here and its whole number shown on request', async () => {
  const truth = truths.find(({ file }) => file === 'flat-2.jpg')?.cardNumber ?? '';
  const { app, page, userData } = await startApplication();
  await expect(page.getByRole('heading', { name: 'Drop pictures of bank cards here' })).toBeVisible();
  await app.evaluate(async ({ clipboard, nativeImage, ClipboardItem }, file) => {
    const image = nativeImage.createFromPath(file);
    // Electron before its clipboard became asynchronous: the version that is tested behind closed networks.
    const older = clipboard as unknown as { writeImage?: (image: unknown) => void };
    if (older.writeImage) older.writeImage(image);
    else {
      const png = new Blob([new Uint8Array(image.toPNG())], { type: 'image/png' });
      await clipboard.write([new ClipboardItem({ 'image/png': png })]);
    }
  }, path.resolve('resources/specimens/flat-2.jpg'));
  await page.keyboard.press('Control+v');
  await expect(tab(page, 'To review')).toHaveText(/1$/);

  await page.keyboard.press('Enter');
  const number = page.getByRole('region', { name: 'Card number' });
  const masked = `${truth.slice(0, 6)}${'•'.repeat(truth.length - 10)}${truth.slice(-4)}`;
  await expect(number).toContainText(grouped(masked));
  await page.keyboard.press('v');
  await expect(number).toContainText(grouped(truth));
  await page.keyboard.press('v');
  await expect(number).not.toContainText(grouped(truth));
  await expect(number).toContainText(grouped(masked));

  await app.close();
  removeFolder(userData);
});

const grouped = (digits: string) => digits.replace(/.{4}(?=.)/g, '$& ');
