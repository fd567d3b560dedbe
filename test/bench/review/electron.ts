/** The Electron that `npm run bench` provides. */
export function electron(): string {
  const executable = process.env['CARDPROOF_ELECTRON'];
  if (!executable) throw new Error('Expected CARDPROOF_ELECTRON; run the figures with npm run bench');
  return executable;
}
