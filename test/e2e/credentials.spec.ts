/** A wrong key costs nothing: the queue stops, says what to do, and goes on once the key is right. */
import { expect, test } from '@playwright/test';
import {
  dropOn,
  EMULATOR_CREDENTIALS,
  folderOf,
  removeFolder,
  startApplication,
  startEmulator,
  tab,
} from './application';

const NAMES = ['flat-1.jpg', 'flat-2.jpg', 'busy-1.jpg'];

test('wrong credentials stop the queue with a sentence and keep every card', async () => {
  const told = 'Signature mismatch, usually a wrong SecretKey';
  const pictures = folderOf(...NAMES);
  const emulator = await startEmulator();
  const wrong = { ...EMULATOR_CREDENTIALS, TENCENTCLOUD_SECRET_KEY: 'WRONGwrongWRONGwrongWRON' };
  const first = await startApplication({ environment: wrong });
  const status = first.page.getByRole('region', { name: 'Recognition' });
  await first.invoke('settings:change', { endpoint: emulator.url });
  await dropOn(first.page, [pictures]);
  await expect(status).toContainText('Stopped');
  await expect(status).toContainText(told);
  await expect(tab(first.page, 'Waiting')).toHaveText(/3$/);
  await expect(tab(first.page, 'Failed')).toHaveText(/0$/);

  await status.getByRole('button', { name: 'Open settings' }).click();
  const settings = first.page.getByRole('dialog', { name: 'Settings' });
  await settings.getByRole('button', { name: 'Test the credentials' }).click();
  await expect(settings.getByText(told)).toBeVisible();
  await expect(settings).not.toContainText('WRONG');
  await first.app.close();

  const second = await startApplication({ environment: EMULATOR_CREDENTIALS, userData: first.userData });
  await expect(tab(second.page, 'To review')).toHaveText(/3$/);
  await second.app.close();
  emulator.stop();
  for (const made of [pictures, first.userData]) removeFolder(made);
});
