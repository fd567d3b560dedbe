/** The README's pictures, taken from the real application: `CARDPROOF_PICTURES=1 npm test` writes them anew. */
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { removeFolder, startApplication, type Running } from './application';

test.skip(process.env['CARDPROOF_PICTURES'] !== '1', 'only when asked for');

async function ofSize({ app, page }: Running, width: number, height: number): Promise<void> {
  await app.evaluate(({ BrowserWindow }, [w, h]) => BrowserWindow.getAllWindows()[0]?.setContentSize(w, h), [
    width,
    height,
  ] as const);
  await expect.poll(() => page.evaluate(() => [innerWidth, innerHeight])).toEqual([width, height]);
}

test('pictures for the README', async () => {
  const running = await startApplication({ language: 'zh-CN' });
  const { page, invoke } = running;
  await ofSize(running, 1440, 900);
  await invoke('settings:change', { language: 'zh-CN', theme: 'light' });
  await page.getByRole('button', { name: '用样卡试一试' }).click();
  const tabs = page.getByRole('toolbar', { name: '按状态筛选' });
  await expect(tabs.getByRole('button', { name: '全部' })).toHaveText(/24$/);
  await expect(tabs.getByRole('button', { name: /接收中|待识别|识别中/ })).toHaveCount(0, {
    timeout: 120_000,
  });
  for (const name of ['busy-1.jpg', 'busy-2.jpg', 'embossed-1.jpg', 'flat-1.jpg']) {
    await page.getByRole('row').filter({ hasText: name }).click();
    await page.keyboard.press('a');
    await expect(page.getByRole('row').filter({ hasText: name })).toContainText('通过');
  }
  await page.getByRole('row').filter({ hasText: 'copy-1.jpg' }).click();
  await page.keyboard.press('r');
  await page.keyboard.press('5');
  await expect(page.getByRole('row').filter({ hasText: 'copy-1.jpg' })).toContainText('退回');
  await page.getByRole('row').filter({ hasText: 'expired-1.jpg' }).click();
  await expect(page.locator('.toast')).toHaveCount(0);
  await page.screenshot({ path: path.resolve('docs/images/desk.png') });

  await page.locator('[data-grid]').focus();
  await page.keyboard.press('w');
  await expect(page.getByRole('option').locator('.digit').first()).toBeVisible();
  await page.keyboard.press('Home');
  for (let step = 0; step < 7; step++) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await expect(page.getByText('已标记 1 张')).toBeVisible();
  await page.evaluate(() =>
    Promise.all([...document.images].map((image) => image.decode().catch(() => undefined))),
  );
  await page.screenshot({ path: path.resolve('docs/images/wall.png') });
  await page.keyboard.press('Space');
  await page.keyboard.press('w');

  await invoke('settings:change', { language: 'en', theme: 'dark' });
  await page.getByRole('row').filter({ hasText: 'flat-2.jpg' }).click();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'flat-2.jpg' })).toBeVisible();
  await expect(page.getByRole('img', { name: 'The aligned card' })).toBeVisible();
  await page.screenshot({ path: path.resolve('docs/images/card.png') });
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+r');
  await expect(page.getByRole('dialog', { name: 'Report' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Decisions per hour' })).toBeVisible();
  await page.screenshot({ path: path.resolve('docs/images/report.png') });
  await running.app.close();
  removeFolder(running.userData);
});
